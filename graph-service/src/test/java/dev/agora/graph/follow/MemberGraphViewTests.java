package dev.agora.graph.follow;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class MemberGraphViewTests {

	private static final JsonMapper json = new JsonMapper();

	@Test
	void hasTheJsonOfTheContract() {
		MemberGraphView view = MemberGraphView.of(new Counts(3, 2, 1), Relation.of(true, false));
		assertThat(json.writeValueAsString(view)).isEqualTo("""
				{"followers":3,"following":2,"friends":1,\
				"relation":{"following":true,"followedBy":false,"friend":false,"blocked":false}}""");
	}

	@Test
	void hasNoRelationForAnAnonymousViewer() {
		assertThat(json.writeValueAsString(MemberGraphView.of(new Counts(0, 0, 0), null)))
			.isEqualTo("{\"followers\":0,\"following\":0,\"friends\":0,\"relation\":null}");
	}

	@Test
	void isAFriendOnlyIfBothFollowEachOther() {
		assertThat(Relation.of(true, true).friend()).isTrue();
		assertThat(Relation.of(false, true).friend()).isFalse();
	}

}
