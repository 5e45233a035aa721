package dev.agora.graph.follow;

import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.graph.count.MemberGraph;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieChange;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.TieSide;
import dev.agora.graph.tie.TieSource;

import static org.assertj.core.api.Assertions.assertThat;

class MemberGraphViewTests {

	private static final JsonMapper json = new JsonMapper();

	@Test
	void hasTheJsonOfTheContract() {
		MemberGraph graph = new MemberGraph("b", 3,
				Map.of(TieKind.FOLLOWERS, 3L, TieKind.FOLLOWING, 2L, TieKind.FRIENDS, 1L), Map.of());
		assertThat(json.writeValueAsString(MemberGraphView.of(graph, Relation.of(tie(TieSide.FOLLOWING)))))
			.isEqualTo("""
					{"followers":3,"following":2,"friends":1,\
					"relation":{"following":true,"followedBy":false,"friend":false,"blocked":false}}""");
	}

	@Test
	void hasNoRelationForAnAnonymousViewer() {
		assertThat(json.writeValueAsString(MemberGraphView.of(MemberGraph.empty("b"), null)))
			.isEqualTo("{\"followers\":0,\"following\":0,\"friends\":0,\"relation\":null}");
	}

	@Test
	void isAFriendOnlyIfBothFollowEachOther() {
		assertThat(Relation.of(tie(TieSide.FOLLOWING, TieSide.FOLLOWED_BY)).friend()).isTrue();
		assertThat(Relation.of(tie(TieSide.FOLLOWED_BY)).friend()).isFalse();
	}

	@Test
	void showsOnlyTheBlockOfTheViewer() {
		assertThat(Relation.of(tie(TieSide.BLOCKING)).blocked()).isTrue();
		assertThat(Relation.of(tie(TieSide.BLOCKED_BY)).blocked()).isFalse();
	}

	private static Tie tie(TieSide... active) {
		Tie tie = Tie.none("a", "b");
		for (TieSide side : active) {
			tie = tie.apply(new TieChange("a", "b", side, new TieSource(1, true), null));
		}
		return tie;
	}

}
