// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.model.verdict.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connections of a pool are set alike: what is the same of several of them is one finding. */
public final class OnePerDatabase {
  private OnePerDatabase() {}

  /** One finding of each title, which says how many it stands for. */
  public static List<Finding> of(List<Finding> findings) {
    Map<String, List<Finding>> alike = new LinkedHashMap<>();
    for (Finding finding : findings) {
      alike.computeIfAbsent(finding.title(), missing -> new ArrayList<>()).add(finding);
    }
    return alike.values().stream().map(OnePerDatabase::one).toList();
  }

  private static Finding one(List<Finding> alike) {
    Finding first = alike.get(0);
    return alike.size() == 1
        ? first
        : new Finding(
            first.id(),
            first.severity(),
            first.title(),
            first.evidence() + "; likewise on " + (alike.size() - 1) + " more connections",
            first.advice(),
            first.where(),
            first.bytes(),
            first.fix());
  }
}
