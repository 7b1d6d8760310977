// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** What the script adds, in a real browser. */
class EnhancedPageChromiumIT {
  private static final String FIRST_TEST = "#tests tbody tr:first-child .name";
  private static Browser browser;
  private static String page;

  @BeforeAll
  static void start() {
    browser = new Browser(true);
    page = Pages.of(Suite.guilty());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    browser.open(page, "");
  }

  @Test
  void loadsNothingAndComplainsOfNothing() {
    assertThat(browser.find("h1").getText()).startsWith("4 of 25 tests left 62.1 MiB behind");
    assertThat(browser.run("return performance.getEntriesByType('resource').length")).isEqualTo(0L);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void thePolicyInsideForbidsRequests() {
    Object result =
        browser.driver.executeAsyncScript(
            "const done = arguments[0];"
                + "fetch('http://127.0.0.1:9/').then(() => done('sent'), () => done('refused'))");
    assertThat(result).isEqualTo("refused");
    assertThat(String.join("\n", browser.complaints())).contains("Content Security Policy");
  }

  @Test
  void sortsByAColumnBothWaysAndSaysSo() {
    WebElement duration = browser.find("#tests thead tr:nth-child(2) th:nth-child(7) button");
    duration.click();
    browser.settle();
    assertThat(browser.find(FIRST_TEST).getText()).isEqualTo("remembersSessions");
    WebElement head = browser.find("#tests thead tr:nth-child(2) th:nth-child(7)");
    assertThat(head.getDomAttribute("aria-sort")).isEqualTo("descending");
    duration.click();
    browser.settle();
    assertThat(browser.find(FIRST_TEST).getText()).isEqualTo("OrderSearchTest");
    assertThat(head.getDomAttribute("aria-sort")).isEqualTo("ascending");
    assertThat(browser.count("#tests [aria-sort]")).isEqualTo(1);
  }

  @Test
  void unknownFiguresComeLastEitherWay() {
    WebElement retained = browser.find("#tests thead tr:nth-child(2) th:nth-child(5) button");
    for (int i = 0; i < 2; i++) {
      retained.click();
      browser.settle();
      String last = browser.find("#tests tbody tr:last-child td:nth-child(5)").getText();
      assertThat(last).isEqualTo("unknown");
    }
  }

  @Test
  void filtersFromTheKeyboardAndEscapeClears() {
    browser.find("body").sendKeys("/");
    browser.settle();
    WebElement box = browser.driver.switchTo().activeElement();
    assertThat(box.getDomAttribute("aria-label")).isEqualTo("Filter tests");
    box.sendKeys("invoice");
    browser.settle();
    assertThat(browser.texts("#tests tbody .name")).containsExactly("printsInvoices");
    assertThat(browser.find("#tests-count").getText()).contains("1 of 25");
    box.sendKeys(Keys.ESCAPE);
    browser.settle();
    assertThat(browser.count("#tests tbody tr")).isEqualTo(25);
  }

  @Test
  void testsAndQueriesAreOneClickApart() {
    browser.find("#test-cache a.related").click();
    browser.settle();
    assertThat(browser.count("#queries tbody tr")).isEqualTo(2);
    assertThat(browser.count("#query-q-sort")).isEqualTo(1);
    browser.find("#query-q-sort a.related").click();
    browser.settle();
    assertThat(browser.texts("#tests tbody .name"))
        .containsExactly("searchesAllOrders", "ranksCustomers");
  }

  @Test
  void aLinkToARowOpensIt() {
    browser.open(page, "#test-heap");
    browser.settle();
    assertThat(browser.find("#test-heap details").getDomAttribute("open")).isNotNull();
    assertThat(browser.find("#test-heap + .panel").getText()).contains("Status").contains("passed");
  }

  @Test
  void anOpenRowShowsItsCurveAndItsQueriesAcrossTheTable() {
    browser.find("#test-cache summary").click();
    browser.settle();
    WebElement panel = browser.find("#test-cache + .panel");
    assertThat(panel.getText())
        .contains("Status")
        .contains("At most ")
        .contains("select o.id")
        .contains("40.5 MiB");
    assertThat(panel.findElement(By.cssSelector(".cut")).getSize().getWidth()).isGreaterThan(900);
    panel.findElement(By.cssSelector("a[href='#query-q-sort']")).click();
    browser.settle();
    assertThat(browser.find("#query-q-sort + .panel").getText()).contains("searchesAllOrders");
    browser.run("document.querySelector('#test-cache summary').click()");
    browser.settle();
    assertThat(browser.count("#test-cache + .panel")).isZero();
    assertThat(browser.count("#test-cache .more")).isEqualTo(1);
  }

  @Test
  void kindsOfTestsAreOneClickApartWithTheirNumbers() {
    List<String> kinds = browser.texts("#tests-section .filters button");
    assertThat(kinds).contains("Named 4", "Failed 1");
    browser.find("#tests-section .filters button:nth-last-child(1)").click();
    browser.settle();
    assertThat(browser.count("#tests tbody tr")).isEqualTo(1);
    assertThat(browser.find("#tests-count").getText()).startsWith("1 of 25 tests shown, of 1");
    browser.find("#tests-section .filters button:nth-last-child(1)").click();
    browser.settle();
    assertThat(browser.count("#tests tbody tr")).isEqualTo(25);
  }

  @Test
  void zoomsByDragKeyboardAndButtons() {
    String all = "0 0 10000 10000";
    assertThat(viewBox()).isEqualTo(all);
    List<String> ticks = browser.texts(".ticks text");
    WebElement plot = browser.find("#charts .plot");
    browser.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", plot);
    new Actions(browser.driver)
        .moveToElement(plot, -200, -30)
        .clickAndHold()
        .moveByOffset(100, 0)
        .moveByOffset(200, 5)
        .release()
        .perform();
    assertThat(viewBox()).isNotEqualTo(all);
    assertThat(browser.texts(".ticks text")).isNotEqualTo(ticks);
    browser.find("#charts").sendKeys("0");
    browser.settle();
    assertThat(viewBox()).isEqualTo(all);
    browser.find("[aria-label='Zoom in']").click();
    browser.settle();
    assertThat(viewBox()).isEqualTo("2500 0 5000 10000");
    browser.find("#charts").sendKeys(Keys.ARROW_RIGHT);
    browser.settle();
    assertThat(viewBox()).isEqualTo("3500 0 5000 10000");
    browser.find("[aria-label='Show all of the timeline']").click();
    browser.settle();
    assertThat(viewBox()).isEqualTo(all);
  }

  @Test
  void thePanelTellsAMomentInOneFixedHeight() {
    browser.run(
        "document.querySelector('#charts').scrollIntoView({block: 'center', behavior: 'instant'})");
    Object before = browser.run("return document.querySelector('.moment').offsetHeight");
    WebElement plot = browser.find("#charts .plot");
    new Actions(browser.driver).moveToElement(plot, 180, 0).perform();
    assertThat(browser.find(".moment").getText())
        .contains("UTC")
        .contains("Resident")
        .contains("SQLite heap")
        .contains("searchesAllOrders")
        .contains("and 1 more");
    assertThat(browser.count(".moment ol li")).isEqualTo(5);
    assertThat(browser.run("return document.querySelector('.moment').offsetHeight"))
        .isEqualTo(before);
  }

  @Test
  void theTablesFollowTheMomentThatIsChosen() {
    browser.run(
        "const s = document.querySelector('#timeline input[type=range]'); s.value = 20000;"
            + " s.dispatchEvent(new Event('input'))");
    browser.settle();
    assertThat(browser.texts("#tests tbody .name")).containsExactly("searchesAllOrders");
    assertThat(browser.find("#tests-count").getText()).contains("those of the moment +20");
    assertThat(browser.count("#queries tbody tr")).isEqualTo(2);
    browser.find("#timeline input[type=range]").sendKeys(Keys.HOME);
    browser.settle();
    // At the very beginning no test ran yet, only the fixtures of the first class.
    assertThat(browser.texts("#tests tbody tr .name")).containsExactly("OrderSearchTest");
    browser.find("#tests-section .tools > button").click();
    browser.settle();
    assertThat(browser.count("#tests tbody tr")).isEqualTo(25);
    assertThat(browser.count(".pin[visibility=visible]")).isZero();
  }

  @Test
  void theLegendShowsOneOwnerAlone() {
    WebElement heap = browser.find("#timeline .legend [data-key=java-heap] button");
    heap.click();
    browser.settle();
    assertThat(heap.getDomAttribute("aria-pressed")).isEqualTo("true");
    assertThat(browser.count("#charts .alone.k-java-heap")).isEqualTo(1);
    browser.find("#timeline .legend [data-key=sqlite] button").click();
    browser.settle();
    assertThat(browser.count("#charts .alone")).isEqualTo(1);
    browser.find("#timeline .legend [data-key=sqlite] button").click();
    browser.settle();
    assertThat(browser.count("#charts .alone, #charts.isolated")).isZero();
  }

  @Test
  void aBoxOfTheMapNarrowsTheTables() {
    assertThat(browser.texts("#map a")).anyMatch(text -> text.startsWith("SQLite heap"));
    browser.run(
        "document.querySelector('#map a[href=\"#test-stmts\"]').dispatchEvent("
            + "new MouseEvent('click', { bubbles: true, cancelable: true }))");
    browser.settle();
    assertThat(browser.texts("#tests tbody .name")).containsExactly("printsInvoices");
    assertThat(browser.count("#queries tbody tr")).isEqualTo(1);
    browser.run(
        "document.querySelector('#map a[data-tests*=\" \"]').dispatchEvent("
            + "new MouseEvent('click', { bubbles: true, cancelable: true }))");
    browser.settle();
    assertThat(browser.texts("#tests tbody .name"))
        .containsExactlyInAnyOrder("searchesAllOrders", "printsInvoices");
  }

  @Test
  void theAddressHasWhatAReaderDidAndBackTakesItBack() {
    browser.find("#tests thead tr:nth-child(2) th:nth-child(7) button").click();
    browser.settle();
    browser.find("#tests-section .tools input").sendKeys("places1");
    browser.settle();
    browser.run("return new Promise(done => setTimeout(done, 400))");
    String address = browser.driver.getCurrentUrl();
    assertThat(address).contains("tests.sort=6").contains("tests.filter=places1");
    List<String> shown = browser.texts("#tests tbody .name");
    assertThat(shown).hasSize(11).first().isEqualTo("places19");
    browser.driver.get("about:blank");
    browser.driver.get(address);
    assertThat(browser.texts("#tests tbody .name")).isEqualTo(shown);
    browser.find("#test-t12 a.related").click();
    browser.settle();
    assertThat(browser.count("#queries tbody tr")).isEqualTo(1);
    browser.driver.navigate().back();
    browser.settle();
    assertThat(browser.count("#queries tbody tr")).isEqualTo(6);
    assertThat(browser.texts("#tests tbody .name")).isEqualTo(shown);
    browser.driver.navigate().forward();
    browser.settle();
    assertThat(browser.count("#queries tbody tr")).isEqualTo(1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void anOpenRowIsInTheAddressAndPlainLinksKeepTheRest() {
    browser.find("#tests-section .filters button").click();
    browser.settle();
    browser.find("#test-cache summary").click();
    browser.settle();
    assertThat(browser.driver.getCurrentUrl()).endsWith("#test-cache&tests.kind=Tests");
    browser.run("document.querySelector('nav a[href=\"#findings\"]').click()");
    browser.settle();
    assertThat(browser.driver.getCurrentUrl()).endsWith("#findings&tests.kind=Tests");
    assertThat(browser.count("#tests > tbody > tr:not(.panel)")).isEqualTo(24);
  }

  @Test
  void switchesTheTheme() {
    Object before = browser.run("return getComputedStyle(document.body).backgroundColor");
    browser.find("#theme").click();
    browser.settle();
    Object after = browser.run("return getComputedStyle(document.body).backgroundColor");
    assertThat(after).isNotEqualTo(before);
  }

  private static String viewBox() {
    return browser.find("#charts .zoom").getDomAttribute("viewBox");
  }
}
