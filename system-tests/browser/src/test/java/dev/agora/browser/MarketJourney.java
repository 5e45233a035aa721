package dev.agora.browser;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Products: list, edit, review, find, import. */
@ExtendWith(SharedBrowser.class)
class MarketJourney {

	private final Browser browser;

	MarketJourney(Browser browser) {
		this.browser = browser;
	}

	@Test
	void aProductIsListedEditedAndReviewed() {
		try (Window seller = this.browser.open(1280, 800); Window buyer = this.browser.open(360, 740)) {
			seller.join("Hal");
			list(seller, "A brass lamp");
			String address = seller.page().url();
			seller.link("Edit").click();
			seller.page().getByLabel("Price").fill("9.5");
			seller.check("product-edit");
			seller.button("Save").click();
			seller.awaitVisible(seller.text("€9.50"));
			seller.check("product");
			seller.link("Products").click();
			seller.link("A brass lamp").first().click();
			seller.awaitVisible(seller.heading("A brass lamp"));
			seller.page().goBack();
			seller.awaitVisible(seller.heading("Products"));
			assertThat(seller.page().evaluate("document.activeElement.textContent")).isEqualTo("A brass lamp");

			buyer.join("Ida");
			buyer.visit(address);
			buyer.page().locator(".choice-of-stars label").nth(3).click();
			buyer.page().locator("#review-text").fill("It shines.");
			buyer.button("Save the review").click();
			buyer.awaitVisible(buyer.text("It shines."));
			buyer.awaitVisible(buyer.page().locator(".about .rating").getByText("4.0 (1)"));
			buyer.check("product");
			buyer.button("Delete your review").click();
			buyer.page().getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON).last().click();
			buyer.awaitVisible(buyer.page().locator(".about").getByText("No reviews yet"));
			buyer.page().locator(".choice-of-stars label").nth(4).click();
			buyer.page().locator("#review-text").fill("It shines, still.");
			buyer.button("Save the review").click();
			buyer.awaitVisible(buyer.page().locator(".about .rating").getByText("5.0 (1)"));
			buyer.link("Post about it").click();
			buyer.post("Buy this lamp");
			Locator post = buyer.page()
				.locator("article")
				.filter(new Locator.FilterOptions().setHasText("Buy this lamp"));
			buyer.awaitVisible(post.locator(".attached"));
		}
	}

	@Test
	void anEditOfAnOldStateChangesNothing() {
		try (Window one = this.browser.open(1280, 800)) {
			one.allow("412");
			one.join("Jon");
			list(one, "A clock");
			String edit = one.page().url() + "/edit";
			one.visit(edit);
			one.awaitVisible(one.page().getByLabel("Title"));
			com.microsoft.playwright.Page other = one.context().newPage();
			edit(other, edit, "A wall clock");
			one.page().getByLabel("Title").fill("A broken clock");
			one.button("Save").click();
			one.button("Load the current state").click();
			one.awaitHidden(one.button("Load the current state"));
			assertThat(one.page().locator("#title").inputValue()).isEqualTo("A wall clock");
			one.page().getByLabel("Title").fill("A tower clock");
			edit(other, edit, "A cuckoo clock");
			one.button("Save").click();
			one.button("Save mine").click();
			one.awaitVisible(one.heading("A tower clock"));
		}
	}

	@Test
	void anImportShowsItsProgressAndItsErrors() {
		try (Window window = this.browser.open(1280, 800)) {
			window.join("Kim");
			window.visit("/products/import");
			String rows = IntStream.range(0, 300)
				.mapToObj((row) -> "Book " + row + ",books," + ((row == 7) ? "dear" : "1.50") + ",EUR,1")
				.collect(Collectors.joining("\n", "title,category,price,currency,stock\n", "\n"));
			window.page()
				.locator("input[type=file]")
				.setInputFiles(new FilePayload("books.csv", "text/csv", rows.getBytes(StandardCharsets.UTF_8)));
			window.button("Import").click();
			Locator job = window.page().locator("agora-job-progress");
			window.awaitVisible(job.getByText("Done", new Locator.GetByTextOptions().setExact(true)));
			assertThat(job.locator(".counts dd").allTextContents()).containsExactly("299", "0", "0", "1");
			Download errors = window.page().waitForDownload(() -> window.button("Download the errors").click());
			assertThat(errors.path()).content().startsWith("line,field,message\r\n").contains("price");
			window.check("import");
			window.link("Import of products").click();
			window.awaitVisible(window.heading("Job"));
			window.awaitLoaded();
			window.check("job");
		}
	}

	private static void edit(com.microsoft.playwright.Page page, String address, String title) {
		page.navigate(address);
		page.getByLabel("Title").fill(title);
		page.getByRole(AriaRole.BUTTON,
				new com.microsoft.playwright.Page.GetByRoleOptions().setName("Save").setExact(true))
			.click();
		page.waitForURL((url) -> !url.endsWith("/edit"));
	}

	static void list(Window window, String title) {
		window.visit("/products/new");
		window.page().getByLabel("Title").fill(title);
		window.page().getByLabel("Category").fill("homeware");
		window.page().getByLabel("Price").fill("12");
		window.page().getByLabel("Tags").fill("brass, light");
		window.page().getByLabel("Details").fill("Material: brass\nHeight: 40 cm");
		window.page().getByLabel("Description").fill("It gives a warm light.");
		window.button("List the product").click();
		window.awaitVisible(window.heading(title));
	}

}
