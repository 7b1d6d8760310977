// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The fingerprint behind a sqlId; repeated in each chunk that uses it. */
@Name(SqlTextEvent.NAME)
@Label("SQL Text")
@Description("The fingerprint behind a sqlId; repeated in each chunk that uses it.")
public final class SqlTextEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.SqlText";

  @Label("SQL Id")
  public long sqlId;

  @Label("SQL")
  public String text;

  @Label("Site")
  @Description("The application's code that first executed it: up to three frames, innermost first")
  public String site;
}
