// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderCheckTest {
  private static final int OTHER_USER = 12345;
  private static final int OTHER_GROUP = 54321;

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    assumeTrue(
        temporary.getFileSystem().supportedFileAttributeViews().contains("unix"),
        "no owners and permissions here");
    folder = Files.createDirectories(temporary.toRealPath().resolve("a/b"));
    permit(folder, "rwxr-xr-x");
    permit(folder.getParent(), "rwxr-xr-x");
  }

  @Test
  void own_folder_is_safe_and_so_is_what_is_missing_yet() throws IOException {
    FolderCheck.check(folder);
    FolderCheck.check(folder.resolve("new/newer"));
  }

  @Test
  void folder_that_all_may_write_to_is_not() throws IOException {
    permit(folder, "rwxrwxrwx");
    refused(folder, "every user may write to " + folder);
    refused(folder.resolve("new"), "every user may write to " + folder);
    permit(folder, "rwxr-x-w-");
    refused(folder, "every user may write to " + folder);
  }

  @Test
  void nor_is_one_below_such_a_folder() throws IOException {
    permit(folder.getParent(), "rwxrwxrwx");
    refused(folder, "every user may write to " + folder.getParent());
  }

  @Test
  void in_a_sticky_folder_entries_are_their_owners() throws IOException {
    sticky(folder.getParent(), 01777);
    FolderCheck.check(folder);
    FolderCheck.check(folder.resolveSibling("new"));
  }

  @Test
  void group_must_be_the_users_own() throws IOException {
    chown(folder, "unix:gid", OTHER_GROUP);
    permit(folder, "rwxr-xr-x");
    FolderCheck.check(folder);
    permit(folder, "rwxrwxr-x");
    refused(folder, "the members of group " + OTHER_GROUP + " may write to " + folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b"})
  void another_users_folder_is_refused(String path) throws IOException {
    Path other = temporary.toRealPath().resolve(path);
    chown(other, "unix:uid", OTHER_USER);
    refused(folder, other + " belongs to another user (" + OTHER_USER + ")");
  }

  @Test
  void another_users_folder_in_a_sticky_one_is_refused() throws IOException {
    sticky(folder.getParent(), 01777);
    chown(folder, "unix:uid", OTHER_USER);
    refused(folder.resolve("new"), folder + " belongs to another user");
  }

  @Test
  void links_are_followed_and_checked_on_both_sides() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("../c"));
    Path target = Files.createDirectory(folder.resolveSibling("c"));
    FolderCheck.check(link.resolve("new"));
    permit(target, "rwxrwxrwx");
    refused(link.resolve("new"), "every user may write to " + target);
    permit(target, "rwxr-xr-x");
    permit(folder, "rwxrwxrwx");
    refused(link.resolve("new"), "every user may write to " + folder);
  }

  @Test
  void absolute_links_are_followed_too() throws IOException {
    Path target = Files.createDirectory(folder.resolveSibling("c"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    permit(target, "rwxrwxrwx");
    refused(link, "every user may write to " + target);
  }

  @Test
  void another_users_link_is_refused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.getParent());
    chown(link, "unix:uid", OTHER_USER);
    refused(link, link + " belongs to another user");
  }

  @Test
  void links_in_a_circle_end() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("link"));
    refused(link, "without an end");
  }

  @Test
  void nothing_is_created_in_a_refused_folder() throws IOException {
    permit(folder, "rwxrwxrwx");
    Path out = folder.resolve("out");
    assertThatThrownBy(() -> RunFolder.create(out, Instant.EPOCH, 1))
        .hasMessageContaining("give a folder with out=");
    assertThat(folder).isEmptyDirectory();
  }

  private static void refused(Path folder, String why) {
    assertThatThrownBy(() -> FolderCheck.check(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void sticky(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
  }

  private static void chown(Path path, String attribute, int number) {
    try {
      Files.setAttribute(path, attribute, number, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      assumeTrue(false, "needs root: " + e);
    }
  }
}
