// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each tenant gets a class loader, and in it a proxy of all that a statement and its rows can do.
 */
class MetaspaceTest {
  private static final List<Object> TRACERS = new ArrayList<>();
  private static final int TENANTS = 20_000;

  @Test
  void traces_the_queries_of_every_tenant() {
    Class<?>[] jdbc = {CallableStatement.class, ResultSet.class};
    for (int i = 0; i < TENANTS; i++) {
      ClassLoader tenant = new URLClassLoader(new URL[0], MetaspaceTest.class.getClassLoader());
      TRACERS.add(Proxy.newProxyInstance(tenant, jdbc, (proxy, method, arguments) -> null));
    }
  }
}
