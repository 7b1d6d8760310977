// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Known amounts of what is outside the Java heap. */
final class Hoards {
  private static final int MIB = 1 << 20;
  private static final int NATIVE_MIB = 96;
  private static final int MAPPED = 40 * MIB;
  private static final int PAGE = 4096;
  private static final int FILES = 150;
  private static final int LOADERS = 3000;

  private Hoards() {}

  static List<Long> allocate() throws ReflectiveOperationException {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < NATIVE_MIB; i++) {
      long block = (Long) unsafe("allocateMemory", (long) MIB);
      unsafe("setMemory", block, (long) MIB, (byte) 1);
      blocks.add(block);
    }
    return blocks;
  }

  /** The compiler warns of a name that no annotation lets one use. */
  static Object unsafe(String method, Object... arguments) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    for (Method each : type.getMethods()) {
      if (each.getName().equals(method) && each.getParameterCount() == arguments.length) {
        return each.invoke(field.get(null), arguments);
      }
    }
    throw new NoSuchMethodException(method);
  }

  static List<InputStream> open() {
    try {
      Path file = Files.createTempFile("hoarded", ".txt");
      List<InputStream> opened = new ArrayList<>();
      for (int i = 0; i < FILES; i++) {
        opened.add(new FileInputStream(file.toFile()));
      }
      Files.delete(file);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Object> load() throws Exception {
    byte[] code;
    try (InputStream in = Hoards.class.getResourceAsStream("Hoards$Plugin.class")) {
      code = in.readAllBytes();
    }
    List<Object> loaded = new ArrayList<>();
    for (int i = 0; i < LOADERS; i++) {
      loaded.add(new PluginLoader().load(code).getDeclaredConstructor().newInstance());
    }
    return loaded;
  }

  /** Of a file that is removed at once, as rings between processes are. */
  static MappedByteBuffer map() {
    try {
      Path file = Files.createTempFile(Path.of("/dev/shm"), "memreport-ring", null);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, MAPPED);
        for (int at = 0; at < MAPPED; at += PAGE) {
          mapped.put(at, (byte) 1);
        }
        return mapped;
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loaded again and again. */
  public static final class Plugin {}

  private static final class PluginLoader extends ClassLoader {
    PluginLoader() {
      super(Hoards.class.getClassLoader());
    }

    Class<?> load(byte[] code) {
      return defineClass(Plugin.class.getName(), code, 0, code.length);
    }
  }
}
