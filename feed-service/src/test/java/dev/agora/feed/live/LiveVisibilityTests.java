package dev.agora.feed.live;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.Activities;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams show what the home feed shows: nothing that is deleted or that blocks hide. */
class LiveVisibilityTests extends LiveTest {

	private String ann;

	private String bob;

	@BeforeEach
	void bobFollowsAnn() {
		this.ann = members().register("Ann");
		this.bob = members().register("Bob");
		members().storeFollow(this.bob, this.ann);
	}

	@Test
	void aBlockHidesEachMemberFromTheOther() {
		members().storeFollow(this.ann, this.bob);
		try (TestStream ofBob = open(this.bob); TestStream ofAnn = open(this.ann)) {
			members().block(this.ann, this.bob);
			String byAnn = members().post(this.ann);
			String byBob = members().post(this.bob);
			assertThat(ofBob.nextActivity()).isEqualTo(byBob);
			assertThat(ofAnn.nextActivity()).isEqualTo(byAnn);
			String lastEventId = ofBob.lastEventId();
			members().post(this.ann);
			String afterwards = members().post(this.bob);
			try (TestStream resumed = TestStream.open(client(this.bob), lastEventId)) {
				assertThat(resumed.nextActivity()).isEqualTo(afterwards);
			}
		}
	}

	/** The log may have the old block without the later follow, or before it. */
	@Test
	void sendsTheActivitiesOfAMemberWhoIsFollowedAgainAfterABlock() {
		members().block(this.bob, this.ann);
		members().unblock(this.bob, this.ann);
		try (TestStream stream = open(this.bob)) {
			stream.requireActivity(members().post(this.ann));
		}
	}

	@Test
	void aBlockThatArrivesAfterALaterFollowCountsUntilItsEnd() {
		try (TestStream stream = open(this.bob)) {
			members().follow("ended", this.bob, this.ann);
			members().follow("started", this.bob, this.ann);
			members().block(this.ann, this.bob);
			members().post(this.ann);
			members().unblock(this.ann, this.bob);
			stream.requireActivity(members().post(this.ann));
		}
	}

	@Test
	void aFollowThatArrivesAfterALaterBlockDoesNotCount() {
		String cleo = members().register("Cleo");
		try (TestStream stream = open(this.bob)) {
			members().block(cleo, this.bob);
			members().follow("started", this.bob, cleo);
			members().post(cleo);
			stream.requireActivity(members().post(this.ann));
		}
	}

	@Test
	void doesNotSendADeletedActivity() {
		String deleted = members().store(this.ann, "deleted before its event arrives");
		members().part(Activities.class).delete(deleted, this.ann).block();
		try (TestStream stream = open(this.bob)) {
			members().publish(deleted, this.ann);
			stream.requireActivity(members().post(this.ann));
		}
	}

	@Test
	void doesNotTellAboutAFollowerWhomABlockHides() {
		members().storeBlock(this.ann, this.bob);
		try (TestStream stream = open(this.ann)) {
			members().follow("started", this.bob, this.ann);
			stream.requireActivity(members().post(this.ann));
		}
	}

	@Test
	void doesNotSendAFriendshipWithAMemberWhomABlockHides() {
		String cleo = members().register("Cleo");
		members().storeBlock(cleo, this.bob);
		try (TestStream stream = open(this.bob)) {
			String lastEventId = stream.lastEventId();
			String hidden = members().befriend(this.ann, cleo);
			String shown = members().befriend(this.ann, members().register("Dan"));
			assertThat(hidden).isNotEqualTo(shown);
			stream.requireActivity(shown);
			try (TestStream resumed = TestStream.open(client(this.bob), lastEventId)) {
				resumed.requireActivity(shown);
			}
		}
	}

	@Test
	void doesNotSendAFriendshipFromTheStoreThatABlockHides() {
		String cleo = members().register("Cleo");
		members().storeBlock(this.bob, cleo);
		members().storeFriendship(this.ann, cleo);
		String shown = members().storeFriendship(this.ann, members().register("Dan"));
		try (TestStream stream = TestStream.open(client(this.bob), LiveResumptionTests.positionBeforeTheLog())) {
			stream.requireActivity(shown);
			stream.next("ready");
		}
	}

	@Test
	void sendsAFriendshipOfTwoAuthorsOnce() {
		String cleo = members().register("Cleo");
		members().storeFollow(this.bob, cleo);
		String first = (this.ann.compareTo(cleo) < 0) ? this.ann : cleo;
		String second = first.equals(cleo) ? this.ann : cleo;
		try (TestStream stream = open(this.bob)) {
			String lastEventId = stream.lastEventId();
			members().befriend(second, first);
			String shown = members().befriend(first, second);
			stream.requireActivity(shown);
			String next = members().post(this.ann);
			stream.requireActivity(next);
			try (TestStream resumed = TestStream.open(client(this.bob), lastEventId)) {
				resumed.requireActivity(shown);
				resumed.requireActivity(next);
			}
		}
	}

}
