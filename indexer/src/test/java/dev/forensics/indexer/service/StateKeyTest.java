package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateKeyTest {
  @TempDir Path folder;

  @Test
  void shouldMakeAKeyOnceThatOnlyItsUserCanRead() throws Exception {
    Path state = folder.resolve("state");
    assertThat(StateKey.seal(state, "")).isNotNull();
    Path file = state.resolve("state.key");
    byte[] key = Files.readAllBytes(file);
    assertThat(key).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    StateKey.seal(state, "");
    assertThat(Files.readAllBytes(file)).isEqualTo(key);
    try (var files = Files.list(state)) {
      assertThat(files).containsExactly(file);
    }
  }

  /** Indexers that share sensors have no folder in common. */
  @Test
  void shouldTakeTheOperatorsKeyWithoutAFile() throws Exception {
    assertThat(StateKey.seal(folder, "of the operator")).isNotNull();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldRefuseHalfAKey() throws Exception {
    Files.write(folder.resolve("state.key"), new byte[3]);
    assertThatThrownBy(() -> StateKey.seal(folder, ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no key");
  }
}
