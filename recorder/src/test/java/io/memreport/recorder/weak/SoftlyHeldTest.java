// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoftlyHeldTest {
  private final byte[] bytes = new byte[100];
  private final Object key = new Object();

  @Test
  void arrays_count_by_the_size_of_their_elements() {
    assertThat(SoftlyHeld.size(new byte[100])).isEqualTo(116);
    assertThat(SoftlyHeld.size(new char[100])).isEqualTo(216);
    assertThat(SoftlyHeld.size(new short[100])).isEqualTo(216);
    assertThat(SoftlyHeld.size(new int[100])).isEqualTo(416);
    assertThat(SoftlyHeld.size(new float[100])).isEqualTo(416);
    assertThat(SoftlyHeld.size(new long[100])).isEqualTo(816);
    assertThat(SoftlyHeld.size(new double[100])).isEqualTo(816);
    assertThat(SoftlyHeld.size("x".repeat(100))).isEqualTo(116);
  }

  @Test
  void what_is_not_known_to_be_large_counts_nothing() {
    assertThat(SoftlyHeld.size(List.of(1, 2))).isZero();
    assertThat(SoftlyHeld.size(null)).isZero();
  }

  @Test
  void a_soft_reference_holds_what_it_refers_to_and_a_weak_one_nothing() {
    assertThat(SoftlyHeld.held(new SoftReference<>(bytes))).isEqualTo(116);
    assertThat(SoftlyHeld.held(new WeakReference<>(bytes))).isZero();
  }

  @Test
  void a_weak_map_holds_values_whose_keys_are_gone() {
    WeakEntry entry = new WeakEntry(key, new byte[100]);
    assertThat(SoftlyHeld.held(entry)).isZero();
    entry.clear();
    assertThat(SoftlyHeld.held(entry)).isEqualTo(116);
  }

  /** As those of a {@code WeakHashMap}. */
  private static final class WeakEntry extends WeakReference<Object>
      implements Map.Entry<Object, byte[]> {
    private final byte[] value;

    WeakEntry(Object key, byte[] value) {
      super(key);
      this.value = value;
    }

    @Override
    public Object getKey() {
      return get();
    }

    @Override
    public byte[] getValue() {
      return value;
    }

    @Override
    public byte[] setValue(byte[] other) {
      throw new UnsupportedOperationException();
    }
  }
}
