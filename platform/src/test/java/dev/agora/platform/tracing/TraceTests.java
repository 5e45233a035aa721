package dev.agora.platform.tracing;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

class TraceTests {

	private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	@Test
	void continuesAValidTrace() {
		assertThat(Trace.continueOrStart(PARENT)).isSameAs(PARENT);
		assertThat(Trace.of(Context.of(Trace.PARENT, PARENT))).isSameAs(PARENT);
		assertThat(Trace.idOf(PARENT)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
		assertThat(Trace.spanIdOf(PARENT)).isEqualTo("b7ad6b7169203331");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "junk", "00-00000000000000000000000000000000-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
			"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
			"ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0\u0661",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" })
	void replacesAMalformedTraceByAnUnsampledOne(String malformed) {
		assertThat(Trace.continueOrStart(malformed)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00")
			.isNotEqualTo(Trace.continueOrStart(malformed));
	}

	@ParameterizedTest
	@CsvSource({ "00, false", "01, true", "02, false", "03, true", "ff, true", "fe, false" })
	void readsOneBitOfTheFlags(String flags, boolean sampled) {
		assertThat(Trace.isSampled(PARENT.substring(0, 53) + flags)).isEqualTo(sampled);
	}

	@Test
	void samplesTheGivenShare() {
		assertThat(sampled(0)).isZero();
		assertThat(sampled(1)).isEqualTo(10_000);
		assertThat(sampled(0.5)).isBetween(4_000L, 6_000L);
		assertThat(sampled(0.01)).isBetween(20L, 250L);
	}

	private static long sampled(double ratio) {
		return IntStream.range(0, 10_000)
			.mapToObj((i) -> Trace.start(ratio))
			.filter((trace) -> Trace.isValid(trace) && Trace.isSampled(trace))
			.count();
	}

}
