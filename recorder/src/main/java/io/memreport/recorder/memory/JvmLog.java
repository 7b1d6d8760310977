// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An output of HotSpot's unified log (JEP 158) that belongs to the application, as {@code VM.log
 * list} tells of it. A change of what it shows sets its decorators too, so that they are given
 * again.
 *
 * @param name {@code stdout} or {@code stderr}
 * @param level what it shows of everything, as {@code warning}
 * @param decorators what each line begins with, as {@code uptime,level,tags} or {@code none}
 */
record JvmLog(String name, String level, String decorators) {
  /** As {@code #0: stdout all=warning,gc=info uptime,level,tags}. */
  private static final Pattern OUTPUT = Pattern.compile("#\\d+: (stdout|stderr) (\\S+) (\\S+)");

  private static final Pattern ALL = Pattern.compile("(?:^|,)all=(\\w+)");
  private static final Pattern JVM_TI = Pattern.compile("(?:^|,)jvmti=");

  /**
   * Those that would show what JVM TI tells, though nobody asked for it.
   *
   * @param list what {@code VM.log list} printed
   * @return null if that can't be understood
   */
  static List<JvmLog> thatShowJvmTi(String list) {
    if (list == null) {
      return null;
    }
    List<JvmLog> shown = new ArrayList<>();
    boolean understood = false;
    for (Matcher output = OUTPUT.matcher(list); output.find(); ) {
      Matcher all = ALL.matcher(output.group(2));
      if (!all.find()) {
        return null;
      }
      understood = true;
      if (!all.group(1).equals("off") && !JVM_TI.matcher(output.group(2)).find()) {
        shown.add(new JvmLog(output.group(1), all.group(1), output.group(3)));
      }
    }
    return understood ? shown : null;
  }

  /** The command that has it show nothing of JVM TI. */
  String quiet() {
    return command("off");
  }

  /** The command that makes it as it was. */
  String restore() {
    return command(level);
  }

  private String command(String ofJvmTi) {
    return "VM.log output=" + name + " what=jvmti=" + ofJvmTi + " decorators=" + decorators;
  }
}
