package dev.agora.feed.author;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;

import static org.assertj.core.api.Assertions.assertThat;

/** Renames and deletes authors, with their events in every order. */
class AuthorActivitiesStoreTests {

	private static final int MANY = 200;

	private static final TestMongoServer mongo = new TestMongoServer();

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final Author ann = new Author(this.ids.next(), "ann", "Ann", 1);

	private final Author bob = new Author(this.ids.next(), "bob", "Bob", 1);

	private DocumentStore store;

	private MemberProjection members;

	private Activities activities;

	private Reconciler<MemberCard> authors;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.store = mongo.store();
		this.activities = new Activities(this.store, this.ids, Clock.systemUTC());
		this.members = TestProjections.members(this.store);
		this.authors = this.members.reconciler(new AuthorActivities(this.activities, Clock.systemUTC()));
		this.store.migrate().block();
	}

	@Test
	void showsTheNewNameOnAllActivitiesOfTheAuthorAndOnNoOthers() {
		List<String> anns = IntStream.range(0, MANY).mapToObj((number) -> post(this.ann)).toList();
		String bobs = post(this.bob);
		rename(2, "Anna");
		assertThat(anns).map(this::activity).allSatisfy((activity) -> {
			assertThat(activity.author().name()).isEqualTo("Anna");
			assertThat(activity.version()).isEqualTo(2);
		});
		assertThat(activity(bobs).author().name()).isEqualTo("Bob");
	}

	@Test
	void ignoresEventsThatAreRepeatedOrLate() {
		String id = post(this.ann);
		rename(3, "Anne");
		rename(2, "Anna");
		rename(3, "Anne");
		assertThat(activity(id).author().name()).isEqualTo("Anne");
		assertThat(activity(id).version()).isEqualTo(2);
	}

	@Test
	void resumesAnInterruptedReconciliation() {
		List<String> anns = IntStream.range(0, MANY).mapToObj((number) -> post(this.ann)).toList();
		anns.subList(0, MANY / 2)
			.forEach((id) -> this.activities.changeIfPresent(id, (post) -> post.remove(Instant.EPOCH)).block());
		delete(2);
		assertThat(anns).noneMatch(this::exists);
		assertThat(anns)
			.allSatisfy((id) -> assertThat(events(id)).containsExactly("activity.published", "activity.deleted"));
	}

	@Test
	void removesTheActivitiesOfADeletedAuthorOnce() {
		String anns = post(this.ann);
		String bobs = post(this.bob);
		delete(3);
		delete(3);
		rename(2, "Late");
		assertThat(exists(anns)).isFalse();
		assertThat(exists(bobs)).isTrue();
		assertThat(this.members.findNewest(card("Ann"), 1).block().isDeleted()).isTrue();
	}

	@Test
	void removesAPostThatWasWrittenDuringTheDeletionOfItsAuthor() {
		delete(2);
		String late = post(this.ann);
		assertThat(exists(late)).isTrue();
		reconcile(late);
		reconcile(late);
		assertThat(exists(late)).isFalse();
	}

	@Test
	void showsTheNewNameOnAPostThatWasWrittenDuringTheRename() {
		rename(2, "Anna");
		String late = post(this.ann);
		reconcile(late);
		reconcile(late);
		assertThat(activity(late).author().name()).isEqualTo("Anna");
		assertThat(activity(late).version()).isEqualTo(2);
	}

	@Test
	void changesNoActivityWhoseAuthorIsUnchangedOrUnknown() {
		String id = post(this.ann);
		reconcile(id);
		TestProjections.upsertMember(this.store, card("Ann"), 1).block();
		reconcile(id);
		assertThat(activity(id).version()).isEqualTo(1);
	}

	@Test
	void showsTheNewNameOfAFriendAndRemovesTheFriendshipsOfADeletedOne() {
		String id = this.ids.next();
		this.activities.addOnce(id, Activity.friendship(this.bob, this.ann, Instant.EPOCH)).block();
		rename(2, "Anna");
		rename(2, "Anna");
		assertThat(activity(id).friend()).isEqualTo(card("Anna"));
		assertThat(activity(id).author().name()).isEqualTo("Bob");
		assertThat(events(id)).containsExactly("activity.published", "activity.friend-renamed");
		delete(3);
		assertThat(exists(id)).isFalse();
	}

	@Test
	void reconcilesAFriendshipThatWasPublishedDuringTheRename() {
		rename(2, "Anna");
		String id = this.ids.next();
		this.activities.addOnce(id, Activity.friendship(this.bob, this.ann, Instant.EPOCH)).block();
		reconcile(id);
		assertThat(activity(id).friend()).isEqualTo(card("Anna"));
	}

	private void rename(long version, String name) {
		this.authors.upsert(this.ann.id(), version, card(name)).block();
	}

	private void delete(long version) {
		this.authors.remove(this.ann.id(), version).block();
	}

	private void reconcile(String id) {
		this.authors.reconcile(id, this.ann.id(), Reconciler.FIRST_VERSION).block();
	}

	private MemberCard card(String name) {
		return new MemberCard(this.ann.id(), "ann", name);
	}

	private String post(Author author) {
		return Objects
			.requireNonNull(
					this.activities.add((at) -> Activity.post(author, "Look", null, at), Optional.empty()).block())
			.id();
	}

	private ActivityView activity(String id) {
		return Objects.requireNonNull(this.activities.find(id).block());
	}

	private boolean exists(String id) {
		return this.activities.find(id).blockOptional().isPresent();
	}

	private List<String> events(String id) {
		return TestMongoServer.events(this.store, id);
	}

}
