// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.natives;

import com.github.luben.zstd.ZstdCompressCtx;

/** Keeps the native memory of a library that is not SQLite's. */
public final class ZstdProgram {
  private static ZstdCompressCtx kept;

  private ZstdProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    new ZstdCompressCtx().close();
    // Other libraries are looked for with each memory sample, not woven: let one pass.
    Thread.sleep(2000);
    kept = new ZstdCompressCtx();
    kept.setLevel(19);
    kept.compress(new byte[5_000_011]);
  }
}
