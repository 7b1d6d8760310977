// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.memreport.agent.jdbc.ConnectionClose;
import io.memreport.agent.jdbc.StatementCancel;
import io.memreport.agent.jdbc.StatementClose;
import io.memreport.agent.weave.Weave;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * sqlite-jdbc, by exact class names: it declares the methods of JDBC in classes that do not
 * implement {@code java.sql}'s interfaces, so that a matcher on those finds nothing.
 */
public final class SqliteInstrumentation {
  private SqliteInstrumentation() {}

  /** Adds the matchers and their advice. */
  public static AgentBuilder install(AgentBuilder builder) {
    ElementMatcher.Junction<MethodDescription> text =
        isPublic().and(takesArguments(1)).and(takesArgument(0, String.class));
    ElementMatcher.Junction<MethodDescription> plain = isPublic().and(takesArguments(0));
    return builder
        .type(named("org.sqlite.jdbc3.JDBC3Statement"))
        .transform(
            new Weave()
                .with(named("execute").and(text), SqliteExecute.class)
                .with(named("executeQuery").and(text), SqliteQuery.class)
                .with(
                    namedOneOf("executeUpdate", "executeLargeUpdate").and(text), SqliteScript.class)
                .with(namedOneOf("executeBatch", "executeLargeBatch").and(plain), SqliteBatch.class)
                .with(
                    named("setQueryTimeout").and(takesArgument(0, int.class)), SqliteTimeout.class)
                .with(named("close").and(plain), StatementClose.class)
                .with(named("cancel").and(plain), StatementCancel.class))
        .type(named("org.sqlite.jdbc3.JDBC3PreparedStatement"))
        .transform(
            new Weave()
                .with(named("execute").and(plain), SqlitePreparedExecute.class)
                .with(named("executeQuery").and(plain), SqlitePreparedQuery.class)
                .with(
                    namedOneOf("executeUpdate", "executeLargeUpdate").and(plain),
                    SqlitePreparedUpdate.class))
        .type(named("org.sqlite.core.CorePreparedStatement"))
        .transform(
            new Weave()
                .with(isConstructor().and(takesArguments(2)), SqlitePrepare.class)
                .with(
                    namedOneOf("executeBatch", "executeLargeBatch").and(plain),
                    SqlitePreparedUpdate.class))
        .type(named("org.sqlite.core.CoreStatement"))
        .transform(new Weave().with(named("internalClose"), SqliteFinalize.class))
        .type(named("org.sqlite.core.CoreResultSet"))
        .transform(new Weave().with(named("close").and(plain), SqliteResultClose.class))
        .type(named("org.sqlite.jdbc3.JDBC3ResultSet"))
        .transform(new Weave().with(named("next").and(plain), SqliteNext.class))
        .type(named("org.sqlite.core.DB"))
        .transform(
            new Weave()
                .with(
                    named("prepare")
                        .and(takesArguments(1))
                        .and(takesArgument(0, named("org.sqlite.core.CoreStatement"))),
                    SqliteCompile.class)
                .with(
                    named("finalize").and(takesArguments(2)).and(takesArgument(1, long.class)),
                    SqliteFinalizePointer.class)
                .with(
                    named("finalize")
                        .and(takesArguments(1))
                        .and(takesArgument(0, named("org.sqlite.core.CoreStatement"))),
                    SqliteFinalizeStatement.class)
                .with(named("close").and(plain), SqliteDatabaseClose.class))
        .type(named("org.sqlite.JDBC"))
        .transform(new Weave().with(named("createConnection"), SqliteOpen.class))
        .type(
            namedOneOf(
                "org.sqlite.SQLiteConnection",
                "org.sqlite.core.CoreConnection",
                "org.sqlite.jdbc3.JDBC3Connection",
                "org.sqlite.jdbc4.JDBC4Connection"))
        .transform(
            new Weave()
                .with(
                    isConstructor()
                        .or(namedOneOf("commit", "rollback", "setAutoCommit"))
                        .or(namedOneOf("serialize", "deserialize")),
                    SqliteConnectionWork.class)
                .with(named("close").and(plain), ConnectionClose.class))
        .type(namedOneOf("org.sqlite.SQLiteJDBCLoader", "org.sqlite.core.NativeDB"))
        .transform(
            new Weave()
                .with(namedOneOf("initialize", "load").and(takesArguments(0)), SqliteLoad.class));
  }
}
