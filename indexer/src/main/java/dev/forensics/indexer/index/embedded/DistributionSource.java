package dev.forensics.indexer.index.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the distribution's zip comes from, in this order: the local Maven repository ({@code
 * -Dmaven.repo.local}, else {@code ~/.m2/repository}); the repository named by {@code
 * FORENSICS_MAVEN_URL} (environment, or the property {@code forensics.maven.url}); the {@code mvn}
 * command, which honours the user's settings, mirrors and proxies.
 */
final class DistributionSource {
  private static final Logger LOG = LoggerFactory.getLogger(DistributionSource.class);
  private static final String FILE_NAME =
      "elasticsearch-" + ElasticsearchDistribution.VERSION + ".zip";
  private static final String REPOSITORY_PATH =
      "org/elasticsearch/distribution/integ-test-zip/elasticsearch/"
          + ElasticsearchDistribution.VERSION
          + "/"
          + FILE_NAME;
  private static final String ARTIFACT =
      "org.elasticsearch.distribution.integ-test-zip:elasticsearch:"
          + ElasticsearchDistribution.VERSION
          + ":zip";
  private static final String COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0";
  private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(30);
  private static final int HTTP_OK = 200;

  private DistributionSource() {}

  /**
   * The zip, checked against its known SHA-256.
   *
   * @param work a folder to download into
   * @throws IOException when no source has it, with what was tried
   */
  static Path find(Path work) throws IOException, InterruptedException {
    Path local = localRepository().resolve(REPOSITORY_PATH);
    if (Files.isReadable(local)) {
      if (DistributionZip.isGenuine(local)) {
        return local;
      }
      LOG.warn("{} is damaged and left alone; fetching a fresh copy", local);
    }
    Path fetched = fetch(work);
    if (!DistributionZip.isGenuine(fetched)) {
      throw new IOException(
          "the fetched " + FILE_NAME + " is not the published one: its SHA-256 differs");
    }
    return fetched;
  }

  private static Path localRepository() {
    String configured = System.getProperty("maven.repo.local");
    return configured != null && !configured.isBlank()
        ? Path.of(configured)
        : Path.of(System.getProperty("user.home"), ".m2", "repository");
  }

  private static Path fetch(Path work) throws IOException, InterruptedException {
    String url = System.getProperty("forensics.maven.url", System.getenv("FORENSICS_MAVEN_URL"));
    if (url != null && !url.isBlank()) {
      return download(URI.create(url.endsWith("/") ? url : url + "/"), work);
    }
    return copyWithMaven(work);
  }

  static Path download(URI repository, Path work) throws IOException, InterruptedException {
    URI address = repository.resolve(REPOSITORY_PATH);
    LOG.info("downloading {} (about 107 MB, once)", address);
    HttpRequest request = HttpRequest.newBuilder(address).timeout(DOWNLOAD_TIMEOUT).build();
    HttpResponse<Path> response =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()
            .send(request, HttpResponse.BodyHandlers.ofFile(work.resolve(FILE_NAME)));
    if (response.statusCode() != HTTP_OK) {
      throw new IOException("download failed: status=" + response.statusCode() + ", " + address);
    }
    return response.body();
  }

  private static Path copyWithMaven(Path work) throws IOException, InterruptedException {
    LOG.info("fetching Elasticsearch with Maven (about 107 MB, once)");
    Path output = work.resolve("maven.log");
    Process maven = startMaven(work, output);
    try {
      boolean ended = maven.waitFor(DOWNLOAD_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      if (!ended || maven.exitValue() != 0) {
        throw new IOException("Maven could not fetch " + ARTIFACT + ":\n" + LogTail.of(output, 15));
      }
    } finally {
      maven.destroyForcibly();
    }
    return work.resolve(FILE_NAME);
  }

  private static Process startMaven(Path work, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    mavenCommand(),
                    "-B",
                    COPY_GOAL + ":copy",
                    "-Dartifact=" + ARTIFACT,
                    "-DoutputDirectory=" + work))
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    String repository = System.getProperty("maven.repo.local");
    if (repository != null) {
      builder.command().add("-Dmaven.repo.local=" + repository);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException(
          "Elasticsearch is neither in the local Maven repository nor can Maven be started to fetch"
              + " it; install Maven or set FORENSICS_MAVEN_URL to a Maven repository",
          e);
    }
  }

  private static String mavenCommand() {
    String home = System.getenv("MAVEN_HOME");
    return home != null && Files.isExecutable(Path.of(home, "bin", "mvn"))
        ? Path.of(home, "bin", "mvn").toString()
        : "mvn";
  }
}
