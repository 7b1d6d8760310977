// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.attach;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.ProtectionDomain;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;

/**
 * Writes a digest of each loaded class of the driver, and of pools, as all transformers leave it.
 */
public final class DigestAgent {
  private static final Set<String> POOLS =
      Set.of(
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ThreadPoolExecutor$Worker",
          "java.util.concurrent.ForkJoinTask");

  private DigestAgent() {}

  /** The argument is the file to write. */
  public static void agentmain(String file, Instrumentation instrumentation) throws Exception {
    Map<String, String> digests = new TreeMap<>();
    ClassFileTransformer reader =
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> type,
              ProtectionDomain domain,
              byte[] bytes) {
            if (!isWanted(name.replace('/', '.'))) {
              // It is loaded just now, by what is done here.
              return null;
            }
            try {
              byte[] digest = MessageDigest.getInstance("SHA-256").digest(inOrder(bytes));
              digests.put(name, HexFormat.of().formatHex(digest));
            } catch (java.security.NoSuchAlgorithmException e) {
              throw new IllegalStateException(e);
            }
            return null;
          }
        };
    instrumentation.addTransformer(reader, true);
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (isWanted(type.getName()) && instrumentation.isModifiableClass(type)) {
        instrumentation.retransformClasses(type);
      }
    }
    instrumentation.removeTransformer(reader);
    StringBuilder text = new StringBuilder();
    digests.forEach((name, digest) -> text.append(name).append(' ').append(digest).append('\n'));
    Files.writeString(Path.of(file), text);
  }

  private static boolean isWanted(String name) {
    return name.startsWith("org.sqlite.") || POOLS.contains(name);
  }

  /**
   * The JVM puts a class together from what it made of it: its constants come in any order, and
   * those of its own, which it does not verify, lose their frames.
   */
  private static byte[] inOrder(byte[] bytes) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes).accept(writer, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }
}
