// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.pools;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.memreport.agent.weave.Weave;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Pools, by exact class names: where they hand out a connection, and where what they handed out is
 * closed. Nothing else may be woven into these, as the wrappers of pools are connections, too.
 */
public final class PoolInstrumentation {
  private PoolInstrumentation() {}

  /** Adds the matchers and their advice; call before drivers are matched. */
  public static AgentBuilder install(AgentBuilder builder) {
    ElementMatcher.Junction<MethodDescription> plain = isPublic().and(takesArguments(0));
    ElementMatcher.Junction<MethodDescription> close = named("close").and(plain);
    ElementMatcher.Junction<MethodDescription> get = named("getConnection").and(plain);
    ElementMatcher.Junction<MethodDescription> getAs =
        named("getConnection")
            .and(takesArguments(2))
            .and(takesArgument(0, String.class))
            .and(takesArgument(1, String.class));
    return builder
        // HikariCP: its getConnection() calls the one that is told how long to wait.
        .type(named("com.zaxxer.hikari.pool.HikariPool"))
        .transform(
            new Weave()
                .with(
                    named("getConnection").and(takesArguments(1)).and(takesArgument(0, long.class)),
                    PoolBorrow.class))
        .asTerminalTransformation()
        .type(named("com.zaxxer.hikari.pool.ProxyConnection"))
        .transform(new Weave().with(close, PoolReturn.class))
        .asTerminalTransformation()
        // Commons DBCP: a name and password are refused.
        .type(named("org.apache.commons.dbcp2.BasicDataSource"))
        .transform(new Weave().with(get, PoolBorrow.class))
        .asTerminalTransformation()
        .type(named("org.apache.commons.dbcp2.PoolingDataSource$PoolGuardConnectionWrapper"))
        .transform(new Weave().with(close, PoolReturn.class))
        .asTerminalTransformation()
        .type(named("com.mchange.v2.c3p0.impl.AbstractPoolBackedDataSource"))
        .transform(new Weave().with(get.or(getAs), PoolBorrow.class))
        .asTerminalTransformation()
        // The newer versions of c3p0 have a class for each of several JDBC versions below the
        // first.
        .type(
            namedOneOf(
                "com.mchange.v2.c3p0.impl.AbstractNewProxyConnection",
                "com.mchange.v2.c3p0.impl.NewProxyConnection"))
        .transform(new Weave().with(close, PoolReturn.class))
        .asTerminalTransformation()
        .type(named("io.agroal.pool.ConnectionPool"))
        .transform(
            new Weave()
                .with(
                    namedOneOf("getConnection", "getReadOnlyConnection").and(plain),
                    PoolBorrow.class))
        .asTerminalTransformation()
        .type(named("io.agroal.pool.wrapper.ConnectionWrapper"))
        .transform(new Weave().with(close, PoolReturn.class))
        .asTerminalTransformation()
        // Spring: what is not pooled is closed where the driver closes it.
        .type(
            namedOneOf(
                "org.springframework.jdbc.datasource.AbstractDriverBasedDataSource",
                "org.springframework.jdbc.datasource.SingleConnectionDataSource"))
        .transform(new Weave().with(get.or(getAs), PoolBorrow.class))
        .asTerminalTransformation();
  }
}
