package dev.agora.graph.follow;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.graph.TestGraph;
import dev.agora.graph.edge.Edge;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.schedule.LeasedSchedules;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Renames and deletions of members who have more ties than an event may write. */
class MemberSweepStoreTests {

	private static final String ANNA = "0000000000000";

	private static final String BEN = "1000000000000";

	private static final List<String> OTHERS = IntStream.range(0, 450)
		.mapToObj((i) -> String.format("2%012d", i))
		.toList();

	private static final TestMongoServer mongo = new TestMongoServer();

	private TestGraph graph;

	private PendingMembers pending;

	private MemberTies ties;

	private MemberSweep sweep;

	private Reconciler<MemberCard> events;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.graph = new TestGraph(mongo);
		this.pending = this.graph.pending;
		this.ties = this.graph.memberTies;
		this.sweep = new MemberSweep(this.pending, this.ties, this.graph.members,
				new LeasedSchedules(this.graph.store));
		this.events = this.graph.members.reconciler(this.ties);
		Stream.concat(Stream.of(ANNA, BEN), OTHERS.stream()).forEach(this.graph::member);
		followAll(ANNA);
	}

	@Test
	void anEventWritesNoTieOfAMemberWithMany() {
		int before = mongo.count("update", "ties");
		rename(ANNA, 2);
		rename(ANNA, 2);
		assertThat(mongo.count("update", "ties")).isEqualTo(before);
		this.sweep.sweep().block();
		assertThat(namesOf(ANNA)).containsOnly("Name 2").hasSize(OTHERS.size());
		assertThat(this.pending.findNext().blockOptional()).isEmpty();
	}

	@Test
	void continuesAfterTheLastPageAndBeginsAgainForANewerName() {
		rename(ANNA, 2);
		this.sweep.turn(next()).block();
		assertThat(next()).isEqualTo(new PendingMember(ANNA, 2, OTHERS.get(199)));
		rename(ANNA, 2);
		assertThat(next().position()).as("the same event again").isEqualTo(OTHERS.get(199));
		PendingMember older = next();
		rename(ANNA, 3);
		assertThat(next()).isEqualTo(new PendingMember(ANNA, 3, ""));
		this.sweep.turn(older).block();
		this.pending.remove(older).block();
		assertThat(next()).as("a turn for the older name ends late").isEqualTo(new PendingMember(ANNA, 3, ""));
		this.sweep.sweep().block();
		assertThat(namesOf(ANNA)).containsOnly("Name 3").hasSize(OTHERS.size());
	}

	@Test
	void endsTheFollowsOfADeletedMember() {
		this.graph.dismissals.add(ANNA, BEN).block();
		rename(ANNA, 2);
		this.events.remove(ANNA, 3).block();
		assertThat(this.graph.dismissals.contains(ANNA, BEN).block()).isFalse();
		this.sweep.sweep().block();
		assertThat(this.graph.ids(ANNA, TieKind.FOLLOWERS)).isEmpty();
		assertThat(this.graph.counts(ANNA).values()).containsOnly(0L);
		assertThat(this.graph.ties.find(OTHERS.get(440), List.of(ANNA)).blockLast().card()).isNull();
		assertThat(this.pending.findNext().blockOptional()).isEmpty();
	}

	@Test
	void aMemberWhoseTiesCannotBeWrittenStopsNoOther() {
		followAll(BEN);
		rename(ANNA, 2);
		rename(BEN, 2);
		mongo.failNext("update", "ties");
		this.sweep.sweep().block();
		assertThat(namesOf(BEN)).containsOnly("Name 2");
		assertThat(namesOf(ANNA)).doesNotContain("Name 2");
		assertThat(this.pending.findNext().blockOptional()).as("ANNA waits").isEmpty();
		rename(ANNA, 3);
		this.sweep.sweep().block();
		assertThat(namesOf(ANNA)).containsOnly("Name 3");
	}

	private void followAll(String followee) {
		for (int i = 0; i < OTHERS.size(); i += 225) {
			List<Edge> edges = OTHERS.subList(i, i + 225).stream().map((other) -> new Edge(other, followee)).toList();
			this.graph.follows.followAll(edges).block();
		}
	}

	private void rename(String member, long version) {
		this.events.upsert(member, version, new MemberCard(member, "h" + member, "Name " + version)).block();
	}

	private PendingMember next() {
		return Objects.requireNonNull(this.pending.findNext().block());
	}

	private List<String> namesOf(String member) {
		return OTHERS.stream()
			.map((other) -> this.graph.ties.find(other, List.of(member)).blockLast().card().name())
			.toList();
	}

}
