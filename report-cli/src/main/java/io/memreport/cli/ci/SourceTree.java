// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the source of a test below the folder that was checked out. */
final class SourceTree {
  private static final List<String> LANGUAGES = List.of(".java", ".kt", ".groovy", ".scala");
  private static final Set<String> SKIPPED = Set.of("target", "build", "node_modules", "out");

  /** Larger trees are no test sources any more. */
  private static final int MOST_FILES = 200_000;

  private static final long LARGEST_FILE = 4 << 20;

  private final Path root;

  /** By package and class, as {@code shop/CartTest}; null until one is looked for. */
  private Map<String, Path> files;

  SourceTree(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * A line of a file.
   *
   * @param file below the root
   * @param line from 1
   */
  record Place(Path file, int line) {}

  /** Where a method is, or else its class; null if there is no such file. */
  Place find(String className, String methodName) {
    int inner = className.indexOf('$');
    String outer = inner < 0 ? className : className.substring(0, inner);
    Path file = files().get(outer.replace('.', '/'));
    if (file == null) {
      return null;
    }
    int line = methodName == null ? 0 : line(file, methodName);
    String simple = className.substring(Math.max(className.lastIndexOf('.'), inner) + 1);
    return new Place(root.relativize(file), line > 0 ? line : Math.max(1, line(file, simple)));
  }

  /** The first line that has the name before a parenthesis or a brace; 0 if none has. */
  private static int line(Path file, String name) {
    Pattern declared =
        Pattern.compile(
            "(?<![\\w.])" + Pattern.quote(name) + "[`'\"]?\\s*(?:\\(|\\{|extends|implements|:|$)");
    try {
      if (Files.size(file) > LARGEST_FILE) {
        return 0;
      }
      int number = 0;
      for (String line :
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
        number++;
        if (declared.matcher(line).find()) {
          return number;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }

  private Map<String, Path> files() {
    if (files == null) {
      files = new HashMap<>();
      try {
        Files.walkFileTree(root, new Collector());
      } catch (IOException e) {
        // What was found so far is what there is.
        return files;
      }
    }
    return files;
  }

  /** A file belongs to a class if its folder is the package's, which its first lines say. */
  private final class Collector extends SimpleFileVisitor<Path> {
    private static final int PACKAGE_DEPTH = 12;
    private int seen;

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      Path name = folder.getFileName();
      boolean skipped =
          !folder.equals(root)
              && name != null
              && (SKIPPED.contains(name.toString()) || name.toString().startsWith("."));
      return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      for (String language : LANGUAGES) {
        if (name.endsWith(language)) {
          add(file, name.substring(0, name.length() - language.length()));
        }
      }
      return ++seen > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    /** Under each path that may be its package. */
    private void add(Path file, String name) {
      String key = name;
      Path at = file.getParent();
      for (int depth = 0; depth < PACKAGE_DEPTH && at != null; depth++) {
        files.putIfAbsent(key, file);
        if (at.equals(root) || at.getFileName() == null) {
          return;
        }
        key = at.getFileName() + "/" + key;
        at = at.getParent();
      }
    }
  }
}
