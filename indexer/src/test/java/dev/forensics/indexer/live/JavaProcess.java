package dev.forensics.indexer.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for main classes of this build, run by a Java of their own. */
public final class JavaProcess {
  private JavaProcess() {}

  /** The command line; options of the JVM go into JAVA_TOOL_OPTIONS. */
  @SafeVarargs
  public static List<String> command(Class<?> main, List<String>... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", classPath));
    command.add(main.getName());
    for (List<String> some : arguments) {
      command.addAll(some);
    }
    return command;
  }
}
