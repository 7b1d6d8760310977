// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkBytesTest {
  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        127,
        128,
        16_383,
        16_384,
        (1L << 28) - 1,
        1L << 28,
        (1L << 49) - 1,
        1L << 49,
        (1L << 56) - 1,
        1L << 56,
        Long.MAX_VALUE,
        -1,
        Long.MIN_VALUE
      })
  void number_is_read_as_it_was_written(long number) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    ChunkBytes.write(number, bytes);
    int length = bytes.position();
    ChunkBytes read = new ChunkBytes(bytes, length);
    assertThat(read.number()).isEqualTo(number);
    assertThat(read.at()).isEqualTo(length);
    assertThat(ChunkBytes.length(number)).isEqualTo(length);
  }

  /** The JVM reserves four bytes for the size of an event. */
  @Test
  void number_may_be_padded() throws IOException {
    assertThat(of(0x85, 0x80, 0x80, 0x00).number()).isEqualTo(5);
  }

  @Test
  void ninth_byte_has_eight_bits() throws IOException {
    ChunkBytes bytes = of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0xff, 7);
    assertThat(bytes.number()).isEqualTo(0xffL << 56);
    assertThat(bytes.number()).isEqualTo(7);
  }

  @Test
  void nothing_is_read_behind_the_end() {
    assertThatThrownBy(() -> of(0x80).number()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> of(3).count()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> of(1).skip(2)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> of(1).skip(-1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> of(1).at(2)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> of(3, 2, 'a').string()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> of(9, 0).string()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> of(9, 0).skipString()).isInstanceOf(IOException.class);
  }

  @Test
  void strings_are_written_in_five_ways() throws IOException {
    assertThat(of(0).string()).isNull();
    assertThat(of(1).string()).isEmpty();
    assertThat(of(3, 2, 0xc3, 0xa9).string()).isEqualTo("é");
    assertThat(of(4, 2, 'a', 0xcf, 0x08).string()).isEqualTo("aя");
    assertThat(of(5, 1, 0xe9).string()).isEqualTo("é");
  }

  @Test
  void skips_a_string_and_tells_the_key_of_a_pooled_one() throws IOException {
    for (ChunkBytes bytes :
        new ChunkBytes[] {
          of(0, 77), of(1, 77), of(3, 2, 9, 9, 77), of(4, 2, 'a', 0xcf, 0x08, 77), of(5, 1, 9, 77)
        }) {
      assertThat(bytes.skipString()).isEqualTo(-1);
      assertThat(bytes.number()).isEqualTo(77);
    }
    assertThat(of(2, 0x85, 0x01).skipString()).isEqualTo(133);
  }

  private static ChunkBytes of(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new ChunkBytes(ByteBuffer.wrap(bytes), bytes.length);
  }
}
