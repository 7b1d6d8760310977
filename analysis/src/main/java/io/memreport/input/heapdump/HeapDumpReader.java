// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import io.memreport.input.run.UnreadableInputException;
import io.memreport.model.heapdump.ClassBytes;
import io.memreport.model.heapdump.HeapChain;
import io.memreport.model.heapdump.HeapDump;
import io.memreport.model.heapdump.HeapOwner;
import io.memreport.model.heapdump.HeapSuspect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Heap dumps in, what they hold and who holds it out. */
public final class HeapDumpReader {
  /** The file is read so often: two passes for the graph, three for names. */
  public static final int PASSES = 5;

  private static final int OWNERS = 20;
  private static final int CLASSES = 100;
  private static final int CLASSES_OF_SUSPECT = 5;

  private HeapDumpReader() {}

  /**
   * Reads a dump, in passes: it takes about as much memory as objects have references, and nothing
   * of what they contain.
   *
   * @param progress is told the bytes that were read, as they are
   * @throws UnreadableInputException if it is no heap dump, or a damaged one
   */
  public static HeapDump read(Path path, LongConsumer progress) throws IOException {
    HprofFile file = HprofFile.open(path, progress);
    Declarations declarations = Declarations.of(file);
    ClassTable classes = new ClassTable(declarations.classes(), file.idBytes());
    ObjectGraph graph = ObjectGraph.of(file, declarations.objects(), classes);
    Map<Integer, Root> roots = graph.roots(declarations.roots());
    ShortestPaths paths = new ShortestPaths(graph, roots);
    Dominators tree = Dominators.of(graph, roots.keySet());
    ObjectSizes sizes = new ObjectSizes(graph, HeapLayout.of(graph, file.idBytes()));
    Holdings holdings = new Holdings(graph, sizes, tree);
    List<Holdings.Place> places = holdings.places();
    List<Holdings.Owner> owners = holdings.owners(OWNERS);
    Chains chains =
        Chains.of(
            file,
            graph,
            declarations,
            roots,
            Stream.concat(
                    places.stream().map(Holdings.Place::object),
                    owners.stream().map(Holdings.Owner::object))
                .map(paths::to)
                .toList());
    long all = 0;
    for (int object = 0; object < graph.size(); object++) {
      all += sizes.bytes(object);
    }
    return new HeapDump(
        path.toString(),
        file.takenAt(),
        Files.size(path),
        holdings.objects(),
        holdings.bytes(),
        all - holdings.bytes(),
        suspects(places, graph, place -> chains.chain(paths.to(place.object()))),
        owners.stream()
            .map(
                owner ->
                    new HeapOwner(
                        chains.name(owner.object()),
                        chains.chain(paths.to(owner.object())),
                        owner.bytes()))
            .toList(),
        holdings.classes().stream().limit(CLASSES).toList());
  }

  private interface ChainOf {
    HeapChain of(Holdings.Place place);
  }

  /** Places whose chains read the same are one: a list of ten large arrays is one thing to mend. */
  private static List<HeapSuspect> suspects(
      List<Holdings.Place> places, ObjectGraph graph, ChainOf chains) {
    Map<List<Object>, HeapSuspect> suspects = new LinkedHashMap<>();
    for (Holdings.Place place : places) {
      String name =
          graph.isClass(place.object())
              ? ObjectSizes.MIRROR
              : graph.classes().get(graph.classOf(place.object())).name();
      HeapSuspect one =
          new HeapSuspect(
              chains.of(place),
              name,
              place.objects(),
              place.bytes(),
              place.shared(),
              place.holds(),
              List.of());
      suspects.merge(List.of(one.chain(), name, one.shared()), one, HeapDumpReader::both);
    }
    return suspects.values().stream()
        .sorted(Comparator.comparingLong(HeapSuspect::bytes).reversed())
        .map(suspect -> suspect.withClasses(CLASSES_OF_SUSPECT))
        .toList();
  }

  private static HeapSuspect both(HeapSuspect a, HeapSuspect b) {
    Map<String, ClassBytes> holds = new LinkedHashMap<>();
    for (ClassBytes row : Stream.of(a, b).flatMap(each -> each.holds().stream()).toList()) {
      holds.merge(
          row.className(),
          row,
          (x, y) ->
              new ClassBytes(x.className(), x.objects() + y.objects(), x.bytes() + y.bytes()));
    }
    List<ClassBytes> rows = new ArrayList<>(holds.values());
    rows.sort(Comparator.comparingLong(ClassBytes::bytes).reversed());
    return new HeapSuspect(
        a.chain(),
        a.className(),
        a.objects() + b.objects(),
        a.bytes() + b.bytes(),
        a.shared(),
        rows,
        List.of());
  }
}
