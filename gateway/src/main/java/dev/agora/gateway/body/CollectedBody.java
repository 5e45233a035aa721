package dev.agora.gateway.body;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/**
 * The body of one request, while it is received and until the request is answered. A body
 * that arrives in one piece is kept as it is. Any other is copied once, into segments
 * that grow with the body: a client that sends single bytes must not occupy a network
 * buffer for each, nor memory for a length that it only declares.
 * <p>
 * A request may be cancelled by another thread than the one that receives its body, hence
 * the locks, which are uncontended in practice.
 */
final class CollectedBody {

	private static final int FIRST_SEGMENT = 4096;

	private static final int LARGEST_SEGMENT = 65_536;

	private final BodyBudget budget;

	private final String client;

	/** The length in bytes, or -1 if the body is sent in chunks. */
	private final long declaredLength;

	private final List<ByteBuf> segments = new ArrayList<>(1);

	private long reserved;

	private boolean complete;

	private boolean closed;

	private CollectedBody(BodyBudget budget, String client, long declaredLength) {
		this.budget = budget;
		this.client = client;
		this.declaredLength = declaredLength;
		this.reserved = segmentSize(0);
	}

	/**
	 * Starts to receive a body.
	 * @throws dev.agora.platform.problem.Problem if the client's share or the budget of
	 * all clients is used up
	 */
	static CollectedBody open(BodyBudget budget, String client, long declaredLength) {
		CollectedBody body = new CollectedBody(budget, client, declaredLength);
		budget.reserve(client, 1, body.reserved);
		return body;
	}

	/** Adds a piece that has arrived. */
	synchronized void add(DataBuffer piece) {
		ByteBuf arrived = NettyDataBufferFactory.toByteBuf(piece);
		if (!this.closed && this.segments.isEmpty() && arrived.readableBytes() == this.declaredLength) {
			reserve(Math.max(0, this.declaredLength - this.reserved));
			this.segments.add(arrived.retain());
		}
		else if (!this.closed) {
			append(arrived);
		}
	}

	/** Records that the whole body has arrived. */
	synchronized void complete() {
		if (!this.closed && !this.complete) {
			this.complete = true;
			this.budget.release(this.client, 1, 0);
		}
	}

	/** Releases the body. */
	synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			this.segments.forEach(ByteBuf::release);
			this.budget.release(this.client, this.complete ? 0 : 1, this.reserved);
		}
	}

	/** Emits the whole body to each subscriber. */
	Flux<DataBuffer> content(NettyDataBufferFactory buffers) {
		return Flux.fromIterable(this.segments)
			.<DataBuffer>map((segment) -> buffers.wrap(share(segment)))
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	private synchronized ByteBuf share(ByteBuf segment) {
		if (this.closed) {
			throw new CancellationException("The request has ended.");
		}
		return segment.retainedDuplicate();
	}

	private void append(ByteBuf arrived) {
		while (arrived.isReadable()) {
			ByteBuf last = this.segments.isEmpty() ? null : this.segments.get(this.segments.size() - 1);
			if (last == null || !last.isWritable()) {
				last = nextSegment(arrived);
			}
			last.writeBytes(arrived, Math.min(arrived.readableBytes(), last.writableBytes()));
		}
	}

	/** Adds a segment; the first one was reserved when the body was opened. */
	private ByteBuf nextSegment(ByteBuf arrived) {
		long existing = this.segments.stream().mapToLong(ByteBuf::capacity).sum();
		int size = segmentSize(existing);
		if (existing > 0) {
			reserve(size);
		}
		ByteBuf next = arrived.alloc().directBuffer(size, size);
		this.segments.add(next);
		return next;
	}

	/** Doubles the size of the body, within bounds. */
	private int segmentSize(long existing) {
		long size = Math.max(FIRST_SEGMENT, Math.min(existing, LARGEST_SEGMENT));
		return (int) ((this.declaredLength < 0) ? size : Math.max(1, Math.min(size, this.declaredLength - existing)));
	}

	private void reserve(long bytes) {
		this.budget.reserve(this.client, 0, bytes);
		this.reserved += bytes;
	}

}
