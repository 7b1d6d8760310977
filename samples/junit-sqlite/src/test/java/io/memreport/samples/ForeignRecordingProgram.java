// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Name;
import jdk.jfr.Recording;

/** Has secrets, and records all that JFR can, beside memreport. */
public final class ForeignRecordingProgram {
  /** In each secret. */
  static final String SECRET = "kanarie";

  /** An event of an application. */
  @Name("app.Login")
  static class Login extends Event {
    String user;
    String password;
  }

  /** Keeps the exceptions from being optimized away. */
  @SuppressWarnings({"UnusedVariable", "StaticAssignmentOfThrowable"})
  private static volatile Exception last;

  private ForeignRecordingProgram() {}

  /**
   * @param arguments {@code exit} or {@code wait}, where the second recording goes, and a secret
   */
  public static void main(String[] arguments) throws Exception {
    work("early");
    Recording second = new Recording(Configuration.getConfiguration("profile"));
    for (EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
      second.enable(type.getName()).withoutThreshold();
    }
    second.setDestination(Path.of(arguments[1]));
    second.setDumpOnExit(true);
    second.start();
    work("during");
    try (Recording third = new Recording()) {
      // Ends a chunk: the first ones are complete.
      third.start();
      work("overlapping");
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> work("hook")));
    if (arguments[0].equals("wait")) {
      // JFR flushes once a second.
      Thread.sleep(2000);
      System.out.println("ready");
      Thread.sleep(600_000);
    }
  }

  /**
   * Strings that JFR writes in each of its ways: in the event, in a pool, byte by byte, by char.
   */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  private static void work(String when) {
    for (int length : new int[] {0, 100, 1000}) {
      for (String letter : new String[] {"x", "é", "я"}) {
        Login login = new Login();
        login.user = SECRET + "-user-" + when;
        login.password = SECRET + "-password-" + when + letter.repeat(length);
        login.commit();
        last = new IllegalStateException(SECRET + "-message-" + when + letter.repeat(length));
      }
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("create table t(a)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
