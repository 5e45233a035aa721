package dev.agora.graph.tie;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class TieTests {

	private final Tie friends = started(TieSide.FOLLOWED_BY, started(TieSide.FOLLOWING, Tie.none("anna", "ben")));

	@Test
	void countsWhomBothFollowAsFriends() {
		assertThat(this.friends.isFriend()).isTrue();
		assertThat(this.friends.kinds()).containsExactlyInAnyOrder(TieKind.values());
	}

	@ParameterizedTest
	@EnumSource(names = { "BLOCKING", "BLOCKED_BY" })
	void endsTheFriendshipWithTheBlockBeforeTheFollows(TieSide block) {
		Tie blocked = started(block, this.friends);
		assertThat(blocked.isFriend()).isFalse();
		assertThat(blocked.kinds()).containsExactlyInAnyOrder(TieKind.FOLLOWERS, TieKind.FOLLOWING);
	}

	private static Tie started(TieSide side, Tie tie) {
		return tie.apply(new TieChange(tie.owner(), tie.other(), side, new TieSource(1, true), null));
	}

}
