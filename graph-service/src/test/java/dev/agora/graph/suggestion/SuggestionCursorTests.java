package dev.agora.graph.suggestion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.graph.suggestion.rank.Suggestion;
import dev.agora.platform.problem.InvalidRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SuggestionCursorTests {

	@Test
	void readsWhatItWrites() {
		SuggestionCursor cursor = SuggestionCursor.of(new Suggestion(42, 3, 1.25));
		assertThat(SuggestionCursor.parse(cursor.toString())).isEqualTo(cursor);
		assertThat(cursor.toString()).matches("[A-Za-z0-9_-]+");
	}

	@Test
	void isBeforeTheSuggestionsWithALowerScoreAndTheOlderMembersWithTheSame() {
		SuggestionCursor cursor = new SuggestionCursor(1.5, 10);
		assertThat(cursor.isBefore(new Suggestion(11, 1, 1.4))).isTrue();
		assertThat(cursor.isBefore(new Suggestion(9, 1, 1.5))).isTrue();
		assertThat(cursor.isBefore(new Suggestion(10, 7, 1.5))).isFalse();
		assertThat(cursor.isBefore(new Suggestion(11, 1, 1.5))).isFalse();
		assertThat(cursor.isBefore(new Suggestion(9, 1, 1.6))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "0SAX0RSKMBGW0", "AAAAAAAAAAAAAAAAAAAAAAA", "f_gAAAAAAAAAAAAAAAAAAQ",
			"f_AAAAAAAAAAAAAAAAAAAQ", "P_gAAAAAAAAAAAAAAAAAKg==", "AAAAAAAAAAAAAAAAAAAAAA AA" })
	void refusesOtherTexts(String text) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> SuggestionCursor.parse(text));
	}

}
