// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.shared.ChildProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessNamesTest {
  @ParameterizedTest
  @CsvSource({
    "/usr/bin/python3 -m pytest ?, python3 (7), python3 (7), python3",
    "[pytest-xdist running] tests/test_a.py::test_b, tests/test_a.py::test_b (pytest worker 7),"
        + " tests/test_a.py::test_b, pytest worker",
    "[pytest-xdist idle], pytest worker 7, pytest worker 7, pytest worker",
    "/tmp/go-build1/b001/shop.test -test.run=^TestCart$ -test.v=?, ^TestCart$ of shop.test (7),"
        + " ^TestCart$ of shop.test (7), go test",
    "/tmp/go-build1/b001/shop.test -test.v=?, shop.test (7), shop.test (7), go test",
    "?, ? (7), ? (7), ?",
    ", process (7), process (7), null"
  })
  void a_process_is_called_by_its_test(String command, String name, String test, String kind) {
    ChildProcess process =
        new ChildProcess(
            "p7", "r", null, 7, 1, "mark", command, null, null, null, null, null, null, null, null);
    assertThat(ProcessNames.of(process)).isEqualTo(name);
    assertThat(ProcessNames.test(process)).isEqualTo(test);
    assertThat(ProcessNames.kind(process)).isEqualTo(kind);
  }
}
