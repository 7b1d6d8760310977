// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void writesWhatActsAsItsCodePoint() {
    assertThat(VisibleText.line("a\u202Eb\u0000c\u2028d\uD800e\uFEFF"))
        .isEqualTo("a\\u202Eb\\u0000c\\u2028d\\uD800e\\uFEFF");
  }

  @Test
  void leavesLettersAndEmojiAlone() {
    assertThat(VisibleText.line("é 名前 اسم 👩‍👩‍👧")).isEqualTo("é 名前 اسم 👩‍👩‍👧");
  }

  @Test
  void foldsWhiteSpaceOnALineAndKeepsItInABlock() {
    assertThat(VisibleText.line(" a\n\t b ")).isEqualTo("a b");
    assertThat(VisibleText.block("a\r\n\tb")).isEqualTo("a\n\tb");
    assertThat(VisibleText.line(null)).isEmpty();
  }

  @Test
  void cutsBetweenCharacters() {
    assertThat(VisibleText.shorten("abcdef", 4)).isEqualTo("abc…");
    assertThat(VisibleText.shorten("ab😀cd", 4)).isEqualTo("ab…");
    assertThat(VisibleText.shorten("abcd", 4)).isEqualTo("abcd");
  }
}
