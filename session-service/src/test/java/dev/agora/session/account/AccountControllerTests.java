package dev.agora.session.account;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.http.HttpHeaders;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.testing.Shared;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.session.account.TestAccounts.Account;
import dev.agora.session.member.MemberEvent;
import dev.agora.session.member.Members;

import static dev.agora.session.account.TestAccounts.PASSWORD;
import static dev.agora.session.account.TestAccounts.assertRefused;
import static dev.agora.session.account.TestAccounts.claims;
import static dev.agora.session.account.TestAccounts.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Registers and deletes members at the whole service while Redis and Kafka are
 * unavailable.
 */
@ExtendWith(Shared.class)
class AccountControllerTests {

	private static TestAccounts accounts;

	private Account ada;

	@BeforeAll
	static void share(TestAccounts shared) {
		accounts = shared;
	}

	@BeforeEach
	void registerMember() {
		this.ada = accounts.register();
	}

	@Test
	void returns401WithoutASession() {
		accounts.client()
			.patch()
			.uri("/members/me")
			.header("Content-Type", "application/json")
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isUnauthorized();
		accounts.client().delete().uri("/members/me").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void aDeletedMemberIsNotFoundAndCannotLogIn() {
		this.ada.logIn().expectStatus().isCreated();
		this.ada.delete(null).expectStatus().isNoContent().expectHeader().value(HttpHeaders.SET_COOKIE, (cookie) -> {
			assertThat(cookie).startsWith("__Host-agora=;").contains("Max-Age=0");
		});
		for (String path : List.of("/members/" + this.ada.id(), "/members/me",
				"/members?handle=" + this.ada.handle())) {
			this.ada.get(path).expectStatus().isNotFound();
		}
		this.ada.logIn().expectStatus().isUnauthorized();
		accounts.register(this.ada.handle())
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:agora:problem:handle-taken");
		this.ada.delete(null).expectStatus().isNoContent();
		this.ada.rename("\"1\"", "{\"name\": \"Back\"}").expectStatus().isNotFound();
	}

	@Test
	void aRepeatedRegistrationRevealsNothingAboutThePassword() {
		String other = "n_" + this.ada.handle();
		String first = text(accounts.registerWithKey(other, "Eve", PASSWORD).expectStatus().isCreated(), "id");
		assertThat(text(accounts.registerWithKey(other, "Eve", PASSWORD).expectStatus().isCreated(), "id"))
			.isEqualTo(first);
		assertThat(text(accounts.registerWithKey(other, "Eve", "another password").expectStatus().isCreated(), "id"))
			.isEqualTo(first);
		accounts.logIn(other, "another password").expectStatus().isUnauthorized();
		accounts.logIn(other, PASSWORD).expectStatus().isCreated();
		accounts.registerWithKey(other, "Eva", PASSWORD).expectStatus().isEqualTo(422);
	}

	@Test
	void theSameIdempotencyKeyRegistersTwoHandles() {
		String id = text(accounts.registerWithKey("o_" + this.ada.handle(), "Eve", PASSWORD), "id");
		assertThat(text(accounts.registerWithKey("p_" + this.ada.handle(), "Eve", PASSWORD), "id")).isNotEmpty()
			.isNotEqualTo(id);
	}

	@Test
	void endingASessionAgainReturnsTheSameResponse() {
		String session = text(this.ada.logIn(), "id");
		for (int i = 0; i < 2; i++) {
			this.ada.endSession(session).expectStatus().isNoContent();
		}
		this.ada.withId("0000000000001").endSession(session).expectStatus().isNotFound();
		this.ada.endSession("0000000000001").expectStatus().isNotFound();
	}

	@Test
	void endsTheSessionsOfADeletedMember() {
		String token = text(this.ada.logIn(), "token");
		accounts.identify(token).expectStatus().isOk();
		this.ada.delete("\"1\"").expectStatus().isNoContent();
		accounts.identify(token).expectStatus().isNotFound();
	}

	@Test
	void returns412WhenADeletionNamesAnotherVersion() {
		assertRefused(this.ada.delete("\"9\""), 412, "If-Match");
		this.ada.get("/members/me").expectStatus().isOk();
	}

	@Test
	void cancelsTheJobsOfADeletedMember() {
		Jobs jobs = accounts.bean(Jobs.class);
		Stored<Job> job = Objects
			.requireNonNull(jobs.submit("import-members", this.ada.id(), Map.of(), Optional.empty()).block());
		accounts.bean(Members.class).delete(this.ada.id(), Optional.empty()).block();
		accounts.deliver(this.ada.id(), 2, new MemberEvent.Deleted(this.ada.handle()));
		assertThat(Objects.requireNonNull(jobs.find(job.id()).block()).value().state()).isEqualTo(JobState.CANCELLED);
	}

	@Test
	void theListenerCompletesWhatADeadWriterLeftUndone() throws ParseException {
		String token = text(this.ada.logIn(), "token");
		Members members = accounts.bean(Members.class);
		members.rename(this.ada.id(), IfMatch.parse("*").orElseThrow(), "Ada L.").block();
		MemberEvent renamed = new MemberEvent.Renamed(this.ada.handle(), "Ada L.");
		accounts.deliver(this.ada.id(), 2, renamed);
		accounts.deliver(this.ada.id(), 2, renamed);
		assertThat(claims(text(accounts.identify(token), "identity"))).contains("\"name\":\"Ada L.\"");
		members.delete(this.ada.id(), Optional.empty()).block();
		accounts.deliver(this.ada.id(), 2, renamed);
		accounts.identify(token).expectStatus().isNotFound();
		accounts.deliver(this.ada.id(), 3, new MemberEvent.Deleted(this.ada.handle()));
		accounts.identify(token).expectStatus().isNotFound();
	}

}
