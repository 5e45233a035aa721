package dev.agora.graph.suggestion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.nimbusds.jose.JOSEException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;

import dev.agora.graph.TestGraphService;
import dev.agora.graph.suggestion.store.Dismissals;
import dev.agora.graph.suggestion.store.SuggestionRemoval;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.Unauthenticated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SuggestionControllerTests {

	private static TestGraphService service;

	private final MemberCard ann = service.member("ann");

	private final MemberCard friend = service.member("friend");

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		service = new TestGraphService(directory);
	}

	@AfterAll
	static void stop() {
		service.mongo().commands().requireIndexed(Map.of());
		service.mongo().commands().requireTargeted(Map.of());
		service.close();
	}

	@Test
	void ranksFriendsOfFriendsWithTheNumberOfMutualFriends() {
		MemberCard second = service.member("second");
		MemberCard near = service.member("near");
		MemberCard far = service.member("far");
		befriend(this.ann, this.friend, this.ann, second, this.friend, near, second, near, second, far);
		JsonNode page = list("");
		assertThat(ids(page)).containsExactly(near.id(), far.id());
		assertThat(page.at("/items/0/mutual").asInt()).isEqualTo(2);
		assertThat(page.at("/items/0/member/handle").asString()).isEqualTo(near.handle());
		assertThat(page.at("/complete").asBoolean()).isTrue();
		assertThat(page.at("/next").isNull()).isTrue();
	}

	@Test
	void suggestsNobodyToAMemberWithoutFriendsAndSomebodyAsSoonAsThereAreFriends() {
		MemberCard near = service.member("near");
		assertThat(ids(list(""))).isEmpty();
		befriend(this.friend, near, this.ann, this.friend);
		assertThat(ids(list(""))).containsExactly(near.id());
	}

	@Test
	void aFollowADismissalAndBlocksOfBothSidesShowAtOnce() {
		List<MemberCard> near = Stream.of("a", "b", "c", "d", "e").map(service::member).toList();
		befriend(this.ann, this.friend);
		near.forEach((each) -> befriend(this.friend, each));
		assertThat(list("").path("items")).hasSize(5);
		change(HttpMethod.PUT, "/graph/following/", near.get(0));
		change(HttpMethod.DELETE, "/graph/suggestions/", near.get(1));
		change(HttpMethod.DELETE, "/graph/suggestions/", near.get(1));
		change(HttpMethod.PUT, "/graph/blocks/", near.get(2));
		service.call(HttpMethod.PUT, "/graph/blocks/" + this.ann.id(), near.get(3)).expectStatus().isNoContent();
		assertThat(ids(list(""))).containsExactly(near.get(4).id());
		service.delete(near.get(4));
		assertThat(ids(list(""))).isEmpty();
	}

	@Test
	void dismissalsOutlastANewComputation() {
		MemberCard near = service.member("near");
		MemberCard later = service.member("later");
		befriend(this.ann, this.friend, this.friend, near);
		change(HttpMethod.DELETE, "/graph/suggestions/", near);
		assertThat(ids(list(""))).isEmpty();
		befriend(this.ann, later, later, near);
		assertThat(ids(list(""))).isEmpty();
	}

	@Test
	void listsEachSuggestionOnceWhileTheMemberFollowsTheOnesThatWereShown() {
		List<MemberCard> near = Stream.generate(() -> service.member("near")).limit(7).toList();
		befriend(this.ann, this.friend);
		near.forEach((each) -> befriend(this.friend, each));
		JsonNode first = list("?limit=3");
		assertThat(first.path("items")).hasSize(3);
		change(HttpMethod.PUT, "/graph/following/", near.get(6));
		JsonNode second = list("?limit=3&cursor=" + first.path("next").asString());
		JsonNode third = list("?limit=3&cursor=" + second.path("next").asString());
		assertThat(Stream.of(first, second, third).flatMap((page) -> ids(page).stream()))
			.containsExactlyInAnyOrderElementsOf(near.stream().map(MemberCard::id).toList());
		assertThat(third.path("next").isNull()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0,limit", "limit=x,limit", "limit=101,limit", "cursor=x,cursor", "cursor=0SAX0RSKMBGW0,cursor",
			"cursor=,cursor", "cursor=a&cursor=b,cursor" })
	void returns400ForInvalidParameters(String query, String field) {
		service.call(HttpMethod.GET, "/graph/suggestions?" + query, this.ann)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
	}

	@Test
	void returns401WithoutASession() {
		service.client().get().uri("/graph/suggestions").exchange().expectStatus().isUnauthorized();
		service.client()
			.delete()
			.uri("/graph/suggestions/" + this.friend.id())
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000000000", "nobody", "a:b", "$ne" })
	void returns404ForAnUnknownMember(String id) {
		service.call(HttpMethod.DELETE, "/graph/suggestions/" + id, this.ann).expectStatus().isNotFound();
	}

	@Test
	void repeatsTheDismissalOfAMemberWhoIsDeletedSince() {
		change(HttpMethod.DELETE, "/graph/suggestions/", this.friend);
		service.delete(this.friend);
		change(HttpMethod.DELETE, "/graph/suggestions/", this.friend);
	}

	@Test
	void returns422ForADismissalOfOneself() {
		service.call(HttpMethod.DELETE, "/graph/suggestions/" + this.ann.id(), this.ann)
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("memberId");
	}

	@Test
	void returns401ToAMemberWhoHasDeletedTheAccount() {
		service.delete(this.ann);
		service.call(HttpMethod.GET, "/graph/suggestions", this.ann).expectStatus().isUnauthorized();
	}

	@Test
	void keepsNoDismissalOfAMemberWhoIsDeletedMeanwhile() {
		Dismissals dismissals = new Dismissals(
				service.mongo().database(service.part(MongoDatabase.class).getName(), deleteBeforeTheDismissal()),
				service.part(DocumentStore.class));
		SuggestionController controller = new SuggestionController(service.part(SuggestionReader.class),
				service.part(SuggestionFilter.class), dismissals, service.part(MemberProjection.class));
		Caller caller = new Caller(this.ann.id(), this.ann.handle(), this.ann.name(), 1, "session", false);
		assertThatExceptionOfType(Unauthenticated.class)
			.isThrownBy(() -> controller.dismiss(caller, this.friend.id()).block());
		assertThat(service.part(Dismissals.class).list(caller.id()).collectList().block()).isEmpty();
	}

	private CommandListener deleteBeforeTheDismissal() {
		return new CommandListener() {
			@Override
			public void commandStarted(CommandStartedEvent event) {
				if (event.getCommandName().equals("update")) {
					service.delete(SuggestionControllerTests.this.ann);
					service.part(SuggestionRemoval.class).removeAll(SuggestionControllerTests.this.ann.id()).block();
				}
			}
		};
	}

	private void change(HttpMethod method, String path, MemberCard other) {
		service.call(method, path + other.id(), this.ann).expectStatus().isNoContent();
	}

	private JsonNode list(String query) {
		return TestGraphService.body(service.call(HttpMethod.GET, "/graph/suggestions" + query, this.ann));
	}

	private static List<String> ids(JsonNode page) {
		return page.path("items").valueStream().map((item) -> item.at("/member/id").asString()).toList();
	}

	private static void befriend(MemberCard... pairs) {
		for (int i = 0; i < pairs.length; i += 2) {
			service.befriend(pairs[i], pairs[i + 1]);
		}
	}

}
