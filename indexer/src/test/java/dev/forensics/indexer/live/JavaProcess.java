package dev.forensics.indexer.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for main classes of this build, run by a Java of their own. */
public final class JavaProcess {
  private JavaProcess() {}

  /** The command line, with little memory; options of the JVM go into JAVA_TOOL_OPTIONS. */
  @SafeVarargs
  public static List<String> command(Class<?> main, List<String>... arguments) {
    return command(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"), main, arguments);
  }

  /** The command line with these options of the JVM. */
  @SafeVarargs
  public static List<String> command(
      List<String> options, Class<?> main, List<String>... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    for (List<String> some : arguments) {
      command.addAll(some);
    }
    return command;
  }
}
