// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.memory;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import java.util.Set;

/** A database is mapped from where its pages may fail to come. */
public final class MappedOnNetwork extends ConnectionRule {
  private static final Set<String> REMOTE =
      Set.of(
          "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "fuse", "fuseblk");

  private static final double SCORE = 60;

  @Override
  public String id() {
    return "sqlite.mapped-on-network";
  }

  @Override
  public String summary() {
    return "A database is mapped from a file system that may fail";
  }

  @Override
  public String why() {
    return "With mmap_size SQLite reads pages as memory. Where a page can't be had, of a server that is gone or a file that"
        + " another process cut short, the kernel sends SIGBUS instead of an error, and the JVM crashes:"
        + " https://www.sqlite.org/mmap.html. memreport reports connections with mmap_size to a file on a network or FUSE"
        + " file system, where SQLite's locks may not hold either.";
  }

  @Override
  public String advice() {
    return "Set mmap_size=0, or keep the database on a local disk.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        "jdbc:sqlite:/mnt/nfs/shop.db?mmap_size=268435456",
        "jdbc:sqlite:/var/lib/shop/shop.db?mmap_size=0");
  }

  @Override
  public Fix example() {
    return SettingFix.example("mmap_size", "0");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long mapped = Settings.number(connection, "mmap_size");
    String type = Settings.text(connection, "file_system");
    if (mapped == null || mapped <= 0 || type == null || !isRemote(type)) {
      return null;
    }
    return finding(
            connection,
            SCORE,
            "A database on " + type + " is mapped",
            "On "
                + Names.connection(connection)
                + " mmap_size is "
                + Units.bytes(mapped)
                + "; its file lies on "
                + type,
            advice())
        .mendedBy(SettingFix.of(connection, "mmap_size", "0", null));
  }

  private static boolean isRemote(String type) {
    return REMOTE.contains(type) || type.startsWith("fuse.");
  }
}
