// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.model.Leak;
import io.memreport.model.TestResult;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whose the objects are that a test left, by the chains of references to samples of them. */
enum HeapHolder {
  /** Code under test, as far as is known. */
  APPLICATION,
  /** An application context of Spring's, which its test framework keeps for other classes. */
  SPRING_CONTEXT,
  /** Soft references only: the JVM clears them before it runs out of memory. */
  SOFT,
  /** A cache that throws entries away when it is full. */
  BOUNDED,
  /** A JNI global reference: only native code can delete it. */
  NATIVE_CODE,
  /** A static field of a library, as a cache that is filled at first use. */
  LIBRARY,
  /** A static field of code that is neither known nor near the test: a cache of its, or a leak. */
  FOREIGN,
  /** No sample of it was reached from anything that tells. */
  UNKNOWN;

  private static final String HELD = " held by ";
  private static final String STATIC = "static ";
  private static final String SOFT_REFERENCE = "java.lang.ref.SoftReference";
  private static final String JNI = "a JNI global reference";

  /** Collections of libraries that never hold more than they were told to. */
  private static final List<String> BOUNDED_CLASSES =
      List.of(
          "com.google.common.collect.EvictingQueue",
          "org.apache.commons.collections4.map.LRUMap",
          "org.apache.commons.collections4.queue.CircularFifoQueue",
          "org.ehcache.impl.internal.store.heap.OnHeapStore");

  /**
   * Caffeine makes a class for each set of features, with MS for a largest size and MW for a
   * largest weight in its name. Guava links entries by access only where it has to throw some away.
   */
  private static final Pattern EVICTING =
      Pattern.compile(
          "com[.]github[.]benmanes[.]caffeine[.]cache[.][SW][SI]L?S?M[SW]A?W?R?[.].*"
              + "|com[.]google[.]common[.]cache[.]LocalCache[$](Strong|Weak)Access.*");

  private static final String ARROW = " → ";
  private static final String THREAD_LOCALS = "java.lang.ThreadLocal$ThreadLocalMap";

  /** Where Mockito keeps a call of a mock, with its arguments. */
  private static final String CALLS_OF_MOCKS = "org.mockito.internal.invocation.";

  private static final String BELOW = ".*";

  /** Of scenarios that have no class. */
  private static final Pattern ANYTHING = Pattern.compile(BELOW);

  /** A class of no package, its field, an array of it. */
  private static final Pattern NO_PACKAGE = Pattern.compile("[A-Z][^.]*([.][^.]+)?");

  private static final List<String> CONTEXTS =
      List.of(
          "org.springframework.context.support.AbstractApplicationContext",
          "org.springframework.context.support.GenericApplicationContext",
          "org.springframework.beans.factory.support.DefaultListableBeanFactory",
          "org.springframework.test.context.cache.");

  /** Packages of which static fields are filled once and bounded. */
  private static final List<String> LIBRARIES =
      List.of(
          "ch.qos.logback.",
          "com.fasterxml.jackson.",
          "com.tngtech.archunit.",
          "com.zaxxer.hikari.",
          "groovy.",
          "io.cucumber.",
          "io.kotest.",
          "io.netty.",
          "java.",
          "javassist.",
          "javax.",
          "jdk.",
          "kotlin.",
          "kotlinx.",
          "net.bytebuddy.",
          "org.apache.groovy.",
          "org.apache.logging.",
          "org.apache.commons.logging.",
          "org.assertj.",
          "org.codehaus.groovy.",
          "org.hamcrest.",
          "org.hibernate.",
          "org.mockito.",
          "org.objenesis.",
          "org.slf4j.",
          "org.spockframework.",
          "org.springframework.",
          "org.testng.",
          "sun.");

  private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.");

  /** Packages of servers and clients of HTTP. */
  private static final List<String> SERVERS =
      List.of(
          "com.github.tomakehurst.wiremock.",
          "io.netty.",
          "io.undertow.",
          "jdk.internal.net.http.",
          "okhttp3.mockwebserver.",
          "org.apache.catalina.",
          "org.apache.coyote.",
          "org.apache.tomcat.",
          "org.eclipse.jetty.",
          "sun.net.httpserver.");

  /** The chains of a test's samples, those that tell most first. */
  static Stream<String> chains(TestResult test) {
    return test.leaks().stream()
        .filter(leak -> leak.type().equals("java-heap"))
        .map(Leak::description)
        .filter(description -> description.contains(HELD));
  }

  /** What speaks for the application wins, for that is what one looks for. */
  static HeapHolder of(TestResult test) {
    List<HeapHolder> holders = chains(test).map(chain -> of(test, chain)).distinct().toList();
    return Stream.of(SPRING_CONTEXT, APPLICATION, NATIVE_CODE, BOUNDED, SOFT, FOREIGN, LIBRARY)
        .filter(holders::contains)
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** The static field of the application that holds a sample of what a test left, or null. */
  static String field(TestResult test) {
    return chains(test)
        .filter(chain -> of(test, chain) == APPLICATION)
        .map(chain -> chain.substring(chain.indexOf(HELD) + HELD.length()))
        .filter(chain -> chain.startsWith(STATIC))
        .map(chain -> chain.substring(STATIC.length()).split("[ ,;]", 2)[0])
        .findFirst()
        .orElse(null);
  }

  /**
   * What to do where calls of mocks are seen to hold what a test left, and no field does; or null.
   */
  static String adviceOnMocks(TestResult test) {
    return field(test) != null || chains(test).noneMatch(chain -> chain.contains(CALLS_OF_MOCKS))
        ? null
        : "Mockito keeps what its mocks were called with. Call Mockito.framework().clearInlineMocks() in an"
            + " @AfterEach method, and make mocks that are called with large objects with"
            + " withSettings().stubOnly().";
  }

  /**
   * Whether a static field of the application is seen to hold objects of a class that a test left.
   */
  static boolean isInField(TestResult test, String className) {
    return chains(test)
        .filter(chain -> chain.startsWith(className + HELD + STATIC))
        .anyMatch(chain -> of(test, chain) == APPLICATION);
  }

  /** Of one sample, as {@code byte[] held by static shop.Cache.ENTRIES}. */
  private static HeapHolder of(TestResult test, String description) {
    String type = description.substring(0, description.indexOf(HELD));
    String chain = description.substring(description.indexOf(HELD) + HELD.length());
    if (CONTEXTS.stream().anyMatch(chain::contains)) {
      return SPRING_CONTEXT;
    }
    if (chain.startsWith(JNI)) {
      return NATIVE_CODE;
    }
    if (description.contains(SOFT_REFERENCE) || chain.equals(Leak.HELD_WEAKLY)) {
      return SOFT;
    }
    Pattern own = own(test);
    List<String> steps =
        Stream.of(chain.split(ARROW, -1))
            .map(step -> step.startsWith(STATIC) ? step.substring(STATIC.length()) : step)
            .toList();
    if (steps.stream().anyMatch(HeapHolder::isBounded)) {
      return BOUNDED;
    }
    boolean application =
        own.matcher(type).matches() || steps.stream().anyMatch(step -> own.matcher(step).matches());
    if (chain.startsWith(STATIC) && !own.matcher(type).matches() && isOfServer(steps)) {
      return LIBRARY;
    }
    if (application || chain.contains(THREAD_LOCALS)) {
      return APPLICATION;
    }
    if (!chain.startsWith(STATIC)) {
      return UNKNOWN;
    }
    return isOfLibrary(chain.substring(STATIC.length())) ? LIBRARY : FOREIGN;
  }

  private static boolean isBounded(String step) {
    return EVICTING.matcher(step).matches() || BOUNDED_CLASSES.stream().anyMatch(step::startsWith);
  }

  /** Of a class, or what begins with one. */
  static boolean isOfLibrary(String name) {
    return LIBRARIES.stream().anyMatch(name::startsWith);
  }

  /** What a server in a static field keeps for its connections is the server's. */
  private static boolean isOfServer(List<String> steps) {
    int last = steps.size() - 1;
    while (last >= 0
        && JDK.stream().anyMatch(steps.get(last)::startsWith)
        && SERVERS.stream().noneMatch(steps.get(last)::startsWith)) {
      last--;
    }
    return last > 0 && SERVERS.stream().anyMatch(steps.get(last)::startsWith);
  }

  /** Names of classes that are near a test: of the first two parts of its package. */
  private static Pattern own(TestResult test) {
    String name = test.className();
    if (name == null) {
      return ANYTHING;
    }
    String[] parts = name.split("[.]");
    return switch (parts.length) {
      case 1 -> NO_PACKAGE;
      case 2 -> Pattern.compile(Pattern.quote(parts[0] + ".") + BELOW);
      default -> Pattern.compile(Pattern.quote(parts[0] + "." + parts[1] + ".") + BELOW);
    };
  }
}
