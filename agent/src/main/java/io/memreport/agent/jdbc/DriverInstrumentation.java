// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isInterface;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.memreport.agent.weave.Weave;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * All other drivers, by the interfaces of {@code java.sql}: Java heap, rows and time. Pools are not
 * woven, and of nested calls the outermost counts.
 */
public final class DriverInstrumentation {
  private DriverInstrumentation() {}

  /** Adds the matchers and their advice. */
  public static AgentBuilder install(AgentBuilder builder) {
    ElementMatcher.Junction<MethodDescription> text =
        isPublic().and(not(isAbstract())).and(takesArgument(0, String.class));
    ElementMatcher.Junction<MethodDescription> plain =
        isPublic().and(not(isAbstract())).and(takesArguments(0));
    return builder
        .type(driverClass("java.sql.Statement"))
        .transform(
            new Weave()
                .with(
                    named("execute").and(returns(boolean.class)).and(plain.or(text)),
                    DriverExecute.class)
                .with(named("executeQuery").and(plain.or(text)), DriverQuery.class)
                .with(
                    namedOneOf("executeUpdate", "executeLargeUpdate").and(plain.or(text)),
                    DriverUpdate.class)
                .with(
                    namedOneOf("executeBatch", "executeLargeBatch").and(plain), DriverUpdate.class)
                .with(named("close").and(plain), StatementClose.class)
                .with(named("cancel").and(plain), StatementCancel.class))
        .type(driverClass("java.sql.ResultSet"))
        .transform(
            new Weave()
                .with(named("next").and(plain).and(returns(boolean.class)), DriverNext.class)
                .with(named("close").and(plain), DriverResultClose.class))
        .type(driverClass("java.sql.Connection"))
        .transform(
            new Weave()
                .with(namedOneOf("prepareStatement", "prepareCall").and(text), DriverPrepare.class)
                .with(
                    named("createStatement").and(isPublic()).and(not(isAbstract())),
                    DriverCreate.class)
                .with(named("close").and(plain), ConnectionClose.class))
        .type(driverClass("java.sql.Driver"))
        .transform(new Weave().with(named("connect").and(takesArguments(2)), DriverConnect.class));
  }

  private static ElementMatcher.Junction<TypeDescription> driverClass(String type) {
    return not(nameStartsWith("org.sqlite."))
        .and(not(isInterface()))
        .and(hasSuperType(named(type)));
  }
}
