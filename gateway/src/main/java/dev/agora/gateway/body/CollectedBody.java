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
 * that arrives in one piece is kept as it is. Others are copied once, into segments that
 * grow with the body: a client that sends single bytes must not make the gateway keep a
 * whole network buffer for each, nor memory for a length that is only claimed.
 * <p>
 * A request may be cancelled by another thread than the one that receives its body, hence
 * the locks, which are free in practice.
 */
final class CollectedBody {

	private static final int FIRST_SEGMENT = 4096;

	private static final int LARGEST_SEGMENT = 65_536;

	private final BodyBudget budget;

	private final String client;

	/** The length in bytes, or -1 if the body is sent in chunks. */
	private final long declared;

	private final List<ByteBuf> segments = new ArrayList<>(1);

	private long taken;

	private boolean complete;

	private boolean closed;

	private CollectedBody(BodyBudget budget, String client, long declared) {
		this.budget = budget;
		this.client = client;
		this.declared = declared;
		this.taken = segment(0);
	}

	/**
	 * Begins to receive a body.
	 * @throws dev.agora.platform.problem.Problem if the client's share or all that there
	 * is for bodies is used up
	 */
	static CollectedBody open(BodyBudget budget, String client, long declared) {
		CollectedBody body = new CollectedBody(budget, client, declared);
		budget.take(client, 1, body.taken);
		return body;
	}

	/** Adds what has arrived, and releases the buffer. */
	synchronized void add(DataBuffer piece) {
		ByteBuf arrived = NettyDataBufferFactory.toByteBuf(piece);
		if (!this.closed && this.segments.isEmpty() && arrived.readableBytes() == this.declared) {
			take(Math.max(0, this.declared - this.taken));
			this.segments.add(arrived.retain());
		}
		else if (!this.closed) {
			append(arrived);
		}
	}

	/** All has arrived. */
	synchronized void complete() {
		if (!this.closed && !this.complete) {
			this.complete = true;
			this.budget.release(this.client, 1, 0);
		}
	}

	/** Nobody needs the body any more. */
	synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			this.segments.forEach(ByteBuf::release);
			this.budget.release(this.client, this.complete ? 0 : 1, this.taken);
		}
	}

	/** The whole body, as often as it is asked for. */
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

	/** The first one was paid for when the body was opened. */
	private ByteBuf nextSegment(ByteBuf arrived) {
		long before = this.segments.stream().mapToLong(ByteBuf::capacity).sum();
		int size = segment(before);
		if (before > 0) {
			take(size);
		}
		ByteBuf next = arrived.alloc().directBuffer(size, size);
		this.segments.add(next);
		return next;
	}

	/** As large as what is there already, but for the ends of the scale. */
	private int segment(long before) {
		long size = Math.max(FIRST_SEGMENT, Math.min(before, LARGEST_SEGMENT));
		return (int) ((this.declared < 0) ? size : Math.max(1, Math.min(size, this.declared - before)));
	}

	private void take(long bytes) {
		this.budget.take(this.client, 0, bytes);
		this.taken += bytes;
	}

}
