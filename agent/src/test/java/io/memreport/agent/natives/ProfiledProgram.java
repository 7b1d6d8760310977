// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.natives;

import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import one.profiler.AsyncProfiler;

/** Fills databases in memory before and after a profiler takes their malloc over, as it is told. */
public final class ProfiledProgram {
  private ProfiledProgram() {}

  public static void main(String[] steps) throws Exception {
    File profile = File.createTempFile("profile", ".jfr");
    try {
      for (String step : steps) {
        if (step.equals("profiled")) {
          isProfiledInTheMiddle(profile);
        } else if (step.equals("wait")) {
          // The tables are looked at each second.
          Thread.sleep(3000);
        } else if (step.equals("fill")) {
          fill().close();
        } else {
          profiler(step, profile);
        }
      }
    } finally {
      profile.delete();
    }
    System.out.println("ended well");
  }

  /** What it held before is given back through the other tool. */
  static void isProfiledInTheMiddle(File profile) throws Exception {
    Connection database = fill();
    profiler("start", profile);
    database.close();
  }

  private static void profiler(String step, File profile) throws Exception {
    String how = step.equals("start") ? "start,event=cpu,nativemem=1m" : step;
    AsyncProfiler.getInstance().execute(how + ",jfr,file=" + profile);
  }

  private static Connection fill() throws Exception {
    Connection database = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (Statement statement = database.createStatement()) {
      statement.execute("create table pages (page)");
      statement.execute(
          "with recursive n (i) as (select 1 union all select i + 1 from n where i < 20)"
              + " insert into pages select zeroblob(1 << 20) from n");
    }
    return database;
  }
}
