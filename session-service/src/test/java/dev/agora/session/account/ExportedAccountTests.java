package dev.agora.session.account;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.exports.ExportSource;
import dev.agora.platform.exports.ExportedRecords;
import dev.agora.platform.testing.Shared;
import dev.agora.session.account.TestAccounts.Account;
import dev.agora.session.session.KnownAddresses;

import static org.assertj.core.api.Assertions.assertThat;

/** Exports what session-service holds about a member. */
@ExtendWith(Shared.class)
class ExportedAccountTests {

	private static TestAccounts accounts;

	@BeforeAll
	static void share(TestAccounts shared) {
		accounts = shared;
	}

	@Test
	void exportsTheMemberAndTheirSessionsWithoutSecrets() {
		Account ada = accounts.register();
		String first = TestAccounts.text(ada.logIn().expectStatus().isCreated(), "token");
		String second = TestAccounts.text(ada.logIn().expectStatus().isCreated(), "token");
		JsonNode member = records().list("member", ada.id()).get(0);
		assertThat(member.path("handle").asString()).isEqualTo(ada.handle());
		List<JsonNode> sessions = records().list("session", ada.id());
		assertThat(sessions).hasSize(2);
		assertThat(sessions.get(0).propertyNames()).containsExactlyInAnyOrder("id", "device", "address", "createdAt",
				"seenAt", "expiresAt", "endsAt");
		assertThat(records().text(ada.id())).doesNotContain(first, second, "argon2", "password", "Hash");
	}

	@Test
	void exportsTheNetworksOfEarlierLogIns() {
		Account ada = accounts.register();
		accounts.bean(KnownAddresses.class).add(ada.id(), ada.handle(), "203.0.113.0/24").block();
		assertThat(records().list("known-network", ada.id())).singleElement()
			.satisfies((network) -> assertThat(network.path("network").asString()).isEqualTo("203.0.113.0/24"));
	}

	@Test
	void exportsNothingOfOthers() {
		Account ada = accounts.register();
		ada.logIn().expectStatus().isCreated();
		Account bob = accounts.register();
		assertThat(records().text(bob.id())).contains(bob.handle()).doesNotContain(ada.handle(), ada.id());
		assertThat(records().text("0SAX3JKRPM3GA")).isEmpty();
	}

	private static ExportedRecords records() {
		return new ExportedRecords(accounts.beans(ExportSource.class), accounts.bean(JsonMapper.class));
	}

}
