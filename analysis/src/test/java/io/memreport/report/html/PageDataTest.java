// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memreport.diagnosis.Diagnosis;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASuite;
import io.memreport.model.Ending;
import io.memreport.model.PostMortem;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PageDataTest {
  @Test
  void carriesTheRowsThatAreNoMarkupAndEveryRelation() throws IOException {
    JsonNode data = new ObjectMapper().readTree(Page.of(Suite.large(1_200, 700)).data());
    assertThat(data.get("tests")).hasSize(1_100);
    assertThat(data.get("queries")).hasSize(600);
    assertThat(data.get("links")).hasSize(1_200);
    assertThat(data.get("samples").get(0)).hasSize(301);
  }

  /** Each number of a sample is what it adds to the one before; of what is unknown nothing. */
  @Test
  void tellsSamplesByWhatTheyAdd() throws IOException {
    PostMortem one =
        Diagnosis.of(
            ASuite.of(ARun.of("run", ASuite.START.plusSeconds(2)).ending(Ending.CLEAN))
                .samples((sample, bytes) -> sample.rss(bytes), 10, null, 15)
                .build());
    assertThat(new ObjectMapper().readTree(Page.of(one).data()).get("samples").toString())
        .isEqualTo("[[[0,10240,10240],[1000,null,null],[1000,5120,5120]]]");
  }

  /** Name of the fact, and what it is. */
  @Test
  void carriesTheFactsOfRowsThatAreNoMarkup() throws IOException {
    Suite suite = new Suite();
    for (int i = 0; i < 101; i++) {
      suite.query("q" + i, "select " + "x".repeat(i == 100 ? 400 : 1), 1000L - i);
      suite.test("n" + i, "shop.OrderTest", "places" + i, 1000L - i, 0L);
    }
    JsonNode data = new ObjectMapper().readTree(Page.of(suite.build()).data());
    JsonNode test = data.get("tests").get(0);
    assertThat(test.get(0).asText()).isEqualTo("test-n100");
    assertThat(data.get("facts").get(test.get(5).get(0).asInt()).asText()).isEqualTo("Status");
    assertThat(test.get(5).get(1).asText()).isEqualTo("passed");
    assertThat(test).as("its name is whole").hasSize(6);
    assertThat(data.get("queries").get(0).get(6).asText()).hasSize("select ".length() + 400);
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
