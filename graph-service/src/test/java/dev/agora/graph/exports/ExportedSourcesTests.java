package dev.agora.graph.exports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;

import dev.agora.graph.TestGraphService;
import dev.agora.platform.exports.ExportSource;
import dev.agora.platform.exports.ExportedRecords;
import dev.agora.platform.member.MemberCard;

import static org.assertj.core.api.Assertions.assertThat;

class ExportedSourcesTests {

	private static TestGraphService service;

	private final MemberCard ann = service.member("ann");

	private final MemberCard bob = service.member("bob");

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		service = new TestGraphService(directory);
	}

	@AfterAll
	static void stop() {
		service.mongo()
			.commands()
			.requireTargeted(
					Map.of("find jobs by $or, removedAt, value.owner", "a list queries all shards, by an index"));
		service.mongo()
			.commands()
			.requireIndexed(
					Map.of("find ties by _id, owner in order [_id=1]", "the ids are a range, that of one owner"));
		service.close();
	}

	@Test
	void exportsFollowsOfBothDirectionsAndOwnEndedOnes() {
		service.befriend(this.ann, this.bob);
		service.call(HttpMethod.DELETE, "/graph/following/" + this.bob.id(), this.ann).expectStatus().isNoContent();
		assertThat(records().list("follow", this.ann.id())).singleElement().satisfies((follow) -> {
			assertThat(follow.path("followee").asString()).isEqualTo(this.bob.id());
			assertThat(follow.path("active").asBoolean()).isFalse();
			assertThat(follow.path("since").isString()).isTrue();
		});
		assertThat(records().list("follower", this.ann.id())).singleElement()
			.satisfies((follow) -> assertThat(follow.path("follower").asString()).isEqualTo(this.bob.id()));
	}

	/** No other route shows who has ended a follow, by a block or without one. */
	@Test
	void exportsNoFollowThatAnotherMemberHasEnded() {
		MemberCard eve = service.member("eve");
		for (MemberCard follower : List.of(this.bob, eve)) {
			service.call(HttpMethod.PUT, "/graph/following/" + this.ann.id(), follower).expectStatus().isNoContent();
		}
		service.call(HttpMethod.DELETE, "/graph/following/" + this.ann.id(), this.bob).expectStatus().isNoContent();
		service.call(HttpMethod.PUT, "/graph/blocks/" + this.ann.id(), eve).expectStatus().isNoContent();
		assertThat(records().text(this.ann.id())).doesNotContain(eve.id(), this.bob.id());
	}

	/** More than a page of them. */
	@Test
	void exportsEachOfManyFollowersOnce() {
		List<String> followers = new ArrayList<>();
		for (int i = 0; i < 201; i++) {
			MemberCard follower = service.member("f");
			followers.add(follower.id());
			service.call(HttpMethod.PUT, "/graph/following/" + this.ann.id(), follower).expectStatus().isNoContent();
		}
		assertThat(records().list("follower", this.ann.id())).extracting((follow) -> follow.path("follower").asString())
			.containsExactlyInAnyOrderElementsOf(followers);
	}

	/** The block of another member is data of that member. */
	@Test
	void exportsOwnBlocksAndNotThoseOfOthers() {
		MemberCard eve = service.member("eve");
		service.call(HttpMethod.PUT, "/graph/blocks/" + this.bob.id(), this.ann).expectStatus().isNoContent();
		service.call(HttpMethod.PUT, "/graph/blocks/" + this.ann.id(), eve).expectStatus().isNoContent();
		assertThat(records().list("block", this.ann.id())).extracting((block) -> block.path("blocked").asString())
			.containsExactly(this.bob.id());
		assertThat(records().text(this.ann.id())).doesNotContain(eve.id());
	}

	@Test
	void exportsSuggestionsAndDismissals() {
		MemberCard car = service.member("car");
		MemberCard dan = service.member("dan");
		service.befriend(this.ann, this.bob);
		service.befriend(this.bob, car);
		service.befriend(this.bob, dan);
		service.call(HttpMethod.GET, "/graph/suggestions", this.ann).expectStatus().isOk();
		service.call(HttpMethod.DELETE, "/graph/suggestions/" + dan.id(), this.ann).expectStatus().isNoContent();
		assertThat(records().list("suggestion", this.ann.id())).extracting((other) -> other.path("member").asString())
			.contains(car.id());
		assertThat(records().list("dismissed-suggestion", this.ann.id())).singleElement()
			.extracting((JsonNode other) -> other.path("member").asString())
			.isEqualTo(dan.id());
	}

	@Test
	void exportsNothingOfOthers() {
		service.befriend(service.member("x"), service.member("y"));
		assertThat(records().text(this.ann.id())).isEmpty();
	}

	private static ExportedRecords records() {
		return new ExportedRecords(service.parts(ExportSource.class), service.part(JsonMapper.class));
	}

}
