package dev.agora.gateway.body;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.util.unit.DataSize;

import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CollectedBodyTests {

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

	private static final String CLIENT = "192.0.2.7";

	private final MeterRegistry meters = new SimpleMeterRegistry();

	/**
	 * For this kind of client 40 kB and 3 bodies in all, for each client 20 kB and 2
	 * bodies.
	 */
	private final BodyBudget budget = new BodyBudget("address", 2, new BodySettings(DataSize.ofKilobytes(80), 6,
			DataSize.ofKilobytes(20), 2, 2, 1, Duration.ofSeconds(1), DataSize.ofMegabytes(1)), this.meters);

	@Test
	void collectsPiecesAndEmitsThemToEachSubscriber() {
		String sent = "0123456789".repeat(1000);
		CollectedBody body = CollectedBody.open(this.budget, CLIENT, sent.length());
		IntStream.iterate(0, (at) -> at < sent.length(), (at) -> at + 7)
			.forEach((at) -> add(body, sent.substring(at, Math.min(at + 7, sent.length()))));
		body.complete();
		assertThat(read(body)).isEqualTo(sent);
		assertThat(read(body)).isEqualTo(sent);
		assertThat(memory()).isEqualTo(sent.length());
		body.close();
		assertThat(memory()).isZero();
	}

	@Test
	void keepsTheBufferOfABodyThatArrivesInOnePiece() {
		CollectedBody body = CollectedBody.open(this.budget, CLIENT, 5000);
		DataBuffer piece = buffer("x".repeat(5000));
		body.add(piece);
		DataBufferUtils.release(piece);
		body.complete();
		DataBuffer kept = Objects.requireNonNull(body.content(BUFFERS).blockFirst());
		assertThat(NettyDataBufferFactory.toByteBuf(kept).memoryAddress())
			.isEqualTo(NettyDataBufferFactory.toByteBuf(piece).memoryAddress());
		DataBufferUtils.release(kept);
		assertThat(memory()).isEqualTo(5000);
		body.close();
		assertThat(NettyDataBufferFactory.toByteBuf(piece).refCnt()).isZero();
	}

	@Test
	void reservesNoMemoryForALengthThatIsOnlyDeclared() {
		CollectedBody body = CollectedBody.open(this.budget, CLIENT, 1_000_000);
		IntStream.range(0, 5000).forEach((i) -> add(body, "x"));
		assertThat(memory()).isEqualTo(8192);
		body.close();
	}

	@Test
	void rejectsAClientThatHasUsedItsShareAndServesOthers() {
		CollectedBody one = CollectedBody.open(this.budget, CLIENT, 10);
		CollectedBody other = CollectedBody.open(this.budget, CLIENT, -1);
		assertThatExceptionOfType(TooManyRequests.class).isThrownBy(() -> CollectedBody.open(this.budget, CLIENT, 10))
			.withMessageContaining("This address may have at most 2 requests with incomplete bodies at a time");
		CollectedBody ofOther = CollectedBody.open(this.budget, "192.0.2.8", 10);
		one.complete();
		CollectedBody next = CollectedBody.open(this.budget, CLIENT, 10);
		List.of(one, other, ofOther, next).forEach(CollectedBody::close);
		assertThat(memory() + incomplete()).isZero();
	}

	@Test
	void rejectsABodyOverTheClientsMemory() {
		CollectedBody body = CollectedBody.open(this.budget, CLIENT, -1);
		assertThatExceptionOfType(TooManyRequests.class)
			.isThrownBy(() -> IntStream.range(0, 30).forEach((i) -> add(body, "x".repeat(1000))));
		body.close();
		assertThat(memory() + incomplete()).isZero();
	}

	@Test
	void rejectsAllWhenTheBudgetIsUsed() {
		List<CollectedBody> bodies = IntStream.range(0, 3)
			.mapToObj((i) -> CollectedBody.open(this.budget, "192.0.2." + i, 10))
			.toList();
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> CollectedBody.open(this.budget, CLIENT, 10))
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
		bodies.forEach(CollectedBody::close);
		bodies.forEach(CollectedBody::close);
		assertThat(memory() + incomplete()).isZero();
	}

	private static void add(CollectedBody body, String text) {
		DataBuffer piece = buffer(text);
		try {
			body.add(piece);
		}
		finally {
			DataBufferUtils.release(piece);
		}
	}

	private static DataBuffer buffer(String text) {
		return BUFFERS.allocateBuffer(text.length()).write(text, US_ASCII);
	}

	private static String read(CollectedBody body) {
		StringBuilder text = new StringBuilder();
		body.content(BUFFERS).doOnNext((piece) -> {
			text.append(piece.toString(US_ASCII));
			DataBufferUtils.release(piece);
		}).blockLast();
		return text.toString();
	}

	private double memory() {
		return this.meters.get("body.memory").gauge().value();
	}

	private double incomplete() {
		return this.meters.get("body.incomplete").gauge().value();
	}

}
