// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PageDataTest {
  @Test
  void carriesTheRowsThatAreNoMarkupAndEveryRelation() throws IOException {
    JsonNode data = new ObjectMapper().readTree(Page.of(Suite.large(1_200, 700)).data());
    assertThat(data.get("tests")).hasSize(700);
    assertThat(data.get("queries")).hasSize(200);
    assertThat(data.get("links")).hasSize(1_200);
    assertThat(data.get("samples").get(0)).hasSize(301);
  }

  /** Of each test its plot and, in milliseconds of the axis, when it ran. */
  @Test
  void tellsWhenEachTestRan() throws IOException {
    Suite suite = new Suite();
    suite.test("a", "shop.OrderTest", "places", 0L, 0L);
    suite.test("b", "shop.OrderTest", "cancels", 0L, 0L);
    suite.memory();
    JsonNode spans = new ObjectMapper().readTree(Page.of(suite.build()).data()).get("spans");
    assertThat(spans.toString()).isEqualTo("[[0,1466,2267],[0,500,1300]]");
  }

  @Test
  void cannotEndTheScriptThatHoldsIt() throws IOException {
    Suite suite = new Suite();
    for (int i = 0; i < 600; i++) {
      suite.query("q" + i, "</script><!--\u2028&", 0L);
    }
    assertThat(Page.of(suite.build()).data())
        .doesNotContain("<", ">", "&", "\u2028")
        .contains("\\u003C/script");
  }
}
