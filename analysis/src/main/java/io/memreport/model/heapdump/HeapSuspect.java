// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.heapdump;

import java.util.List;

/**
 * Where much of a heap comes together.
 *
 * @param className of the objects at the end of the chain
 * @param objects how many objects at the end of chains that read the same
 * @param bytes retained by them, without what other suspects below them retain
 * @param shared whether other chains hold these objects too, of which one is told
 * @param holds the classes that make up most of it
 * @param sources lines and tests of a run that these objects come from, as far as that is proven
 */
public record HeapSuspect(
    HeapChain chain,
    String className,
    long objects,
    long bytes,
    boolean shared,
    List<ClassBytes> holds,
    List<HeapSource> sources) {
  /** The same with where its objects come from. */
  public HeapSuspect with(List<HeapSource> others) {
    return new HeapSuspect(chain, className, objects, bytes, shared, holds, others);
  }

  /** The same with fewer rows of classes. */
  public HeapSuspect withClasses(int most) {
    return new HeapSuspect(
        chain, className, objects, bytes, shared, holds.stream().limit(most).toList(), sources);
  }
}
