package dev.agora.graph.suggestion.rank;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class FriendScanStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final dev.agora.graph.TestGraph stores = new dev.agora.graph.TestGraph(mongo);

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final FriendScan scan = new FriendScan(this.stores.ties, this.stores.graphs);

	@AfterAll
	static void stop() {
		mongo.close();
	}

	@Test
	void readsAllFriendsWithinTheBound() {
		String member = this.ids.next();
		befriend(member, befriended(3, 2));
		Neighbourhood found = read(member, 50);
		assertThat(found.isComplete()).isTrue();
		assertThat(found.friends()).hasSize(3).allSatisfy((friend, set) -> assertThat(set).hasSize(3));
	}

	@Test
	void readsNoSetThatIsTooLarge() {
		String member = this.ids.next();
		befriend(member, befriended(8, 6));
		befriend(member, befriended(1, 1));
		int before = reads();
		Neighbourhood found = read(member, 25);
		assertThat(found.isComplete()).isFalse();
		assertThat(found.friends()).hasSize(1);
		assertThat(reads() - before).as("reads of ties: the friends, and one set of them").isEqualTo(2);
	}

	@Test
	void readsNoSetsBeyondTheBound() {
		String member = this.ids.next();
		befriend(member, befriended(9, 7));
		int before = reads();
		Neighbourhood found = read(member, 45);
		assertThat(found.isComplete()).isFalse();
		assertThat(found.friends()).as("32 ids of 45, since the 9 friends count as well").hasSize(4);
		assertThat(reads() - before).isEqualTo(1 + 4);
		assertThat(read(member, 81).isComplete()).isTrue();
	}

	/** Creates members who have a number of friends each. */
	private List<String> befriended(int members, int friendsEach) {
		List<String> befriended = IntStream.range(0, members).mapToObj((i) -> this.ids.next()).toList();
		befriended.forEach((member) -> befriend(member,
				IntStream.range(0, friendsEach).mapToObj((i) -> this.ids.next()).toList()));
		return befriended;
	}

	private void befriend(String member, List<String> friends) {
		List<Mono<Void>> follows = new ArrayList<>();
		friends.forEach((friend) -> follows.add(this.stores.follow(member, friend)));
		friends.forEach((friend) -> follows.add(this.stores.follow(friend, member)));
		Flux.concat(follows).blockLast();
	}

	private Neighbourhood read(String member, int maxIds) {
		return Objects.requireNonNull(this.scan.read(member, maxIds).block());
	}

	private static int reads() {
		return mongo.count("find", "ties");
	}

}
