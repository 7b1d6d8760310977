// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordSearchTest {
  private static final List<String> WORDS = List.of("abc", "cab", "bcab", "aa");

  @Test
  void finds_the_first_of_any_words_and_none_else() {
    WordSearch search = new WordSearch(WORDS);
    Random random = new Random(20261126);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append("abcd".charAt(random.nextInt(4)));
      }
      int from = random.nextInt(text.length() + 1);
      int to = from + random.nextInt(text.length() - from + 1);
      byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
      assertThat(search.find(bytes, from, to))
          .as("%s %s %s", text, from, to)
          .isEqualTo(first(text, from, to));
    }
  }

  private static int first(CharSequence text, int from, int to) {
    String part = text.subSequence(from, to).toString();
    int first =
        WORDS.stream().mapToInt(part::indexOf).filter(at -> at >= 0).min().orElse(-1 - from);
    return first + from;
  }

  @Test
  void bytes_beyond_ascii_are_no_words() {
    byte[] bytes = {(byte) 0xff, (byte) 0x80, 'a', 'b', 'c'};
    assertThat(new WordSearch(WORDS).find(bytes, 0, bytes.length)).isEqualTo(2);
  }
}
