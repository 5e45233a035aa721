package dev.agora.browser;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** A member's own data and contacts: export, block, deletion of the account. */
@ExtendWith(SharedBrowser.class)
class AccountJourney {

	private final Browser browser;

	AccountJourney(Browser browser) {
		this.browser = browser;
	}

	@Test
	void anExportIsDownloadedAsAFile() {
		try (Window window = this.browser.open(360, 740)) {
			String handle = window.join("Pam");
			window.post("A line of the export");
			window.visit("/settings");
			window.button("Export my data").click();
			window.awaitVisible(window.link("Download the file"));
			Download file = window.page().waitForDownload(() -> window.link("Download the file").click());
			assertThat(file.suggestedFilename()).startsWith("agora-" + handle).endsWith(".ndjson");
			assertThat(file.path()).content().contains("A line of the export", handle);
			window.check("export");
			String first = window.link("Download the file").getAttribute("href");
			window.button("Export my data").click();
			window.awaitVisible(window.page().locator("a[download]:not([href='" + first + "'])"));
		}
	}

	@Test
	void aBlockedMemberDisappearsUntilTheBlockEnds() {
		try (Window quinn = this.browser.open(1280, 800); Window rob = this.browser.open(1280, 800)) {
			quinn.join("Quinn");
			String handle = rob.join("Rob");
			quinn.visit("/@" + handle);
			quinn.follow("Rob");
			quinn.link("Followers").click();
			quinn.button("Block").click();
			quinn.page().goBack();
			quinn.awaitHidden(quinn.page().getByRole(AriaRole.DIALOG));
			quinn.button("Block").click();
			confirm(quinn);
			quinn.awaitVisible(quinn.button("Unblock"));
			quinn.awaitHidden(quinn.button("Following Rob"));
			quinn.page().reload();
			quinn.button("Unblock").click();
			quinn.awaitVisible(quinn.button("Follow Rob"));
		}
	}

	@Test
	void aDeletedAccountIsGoneEverywhere() {
		try (Window window = this.browser.open(1280, 800); Window visitor = this.browser.open(1280, 800)) {
			visitor.allow("404");
			window.allow("401");
			String handle = window.join("Sue");
			window.visit("/settings");
			window.button("Delete my account").click();
			Locator dialog = window.page().getByRole(AriaRole.DIALOG);
			dialog.getByRole(AriaRole.TEXTBOX).fill(handle);
			confirm(window);
			window.awaitVisible(window.text("Your account is deleted."));
			window.awaitVisible(window.heading("A marketplace of people you know"));
			visitor.visit("/@" + handle);
			visitor.awaitVisible(visitor.text("There is no such member"));
			window.visit("/login");
			window.logIn(handle);
			window.awaitVisible(window.text("Handle or password is wrong."));
		}
	}

	private static void confirm(Window window) {
		window.page().getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON).last().click();
	}

}
