// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A test, or a class with fixtures of its own, has begun. */
@Name(TestStartEvent.NAME)
@Label("Test Started")
@Description("A test, or a class with fixtures of its own, has begun.")
public final class TestStartEvent extends BoundaryEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.TestStart";

  @Label("Test")
  public long testId;

  @Label("Parent")
  @Description("The test or class around this one, 0 for none")
  public long parentId;

  @Label("Kind")
  @Description("test, or class: the fixtures of a class without its tests")
  public String kind;

  @Label("Engine")
  public String engine;

  @Label("Unique Id")
  @Description("As in the JUnit Platform, which uses the same string in its own events")
  public String uniqueId;

  @Label("Class")
  public String className;

  @Label("Method")
  public String methodName;

  @Label("Display Name")
  public String displayName;
}
