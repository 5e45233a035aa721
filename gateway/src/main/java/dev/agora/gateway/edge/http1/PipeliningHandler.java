package dev.agora.gateway.edge.http1;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Forwards the requests of a connection one after the other. The next request is
 * forwarded when the operating system has accepted the whole previous response, and the
 * event loop has served its other connections. Without this handler, the HTTP server
 * would start the next request with the last write of the response, even if the client
 * does not read, and before it serves other connections. A client that sends many
 * requests at once would then occupy the event loop.
 */
final class PipeliningHandler extends ChannelDuplexHandler {

	/** Reading pauses when so many messages are queued. */
	private static final int MAX_QUEUED = 32;

	private final Queue<Object> queue = new ArrayDeque<>();

	/** Whether a request was forwarded and has not been answered. */
	private boolean busy;

	private boolean responding;

	private boolean paused;

	/** Whether the server had requested automatic reads when reading was paused. */
	private boolean autoRead;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.queue.isEmpty() && !(this.busy && message instanceof HttpRequest)) {
			forward(context, message);
			return;
		}
		this.queue.add(message);
		if (this.queue.size() >= MAX_QUEUED) {
			pause(context);
		}
	}

	private void forward(ChannelHandlerContext context, Object message) {
		this.busy |= message instanceof HttpRequest;
		context.fireChannelRead(message);
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if (!this.paused) {
			context.read();
		}
	}

	private void pause(ChannelHandlerContext context) {
		this.autoRead |= context.channel().config().isAutoRead();
		this.paused = true;
		context.channel().config().setAutoRead(false);
	}

	private void resume(ChannelHandlerContext context) {
		this.paused = false;
		context.channel().config().setAutoRead(this.autoRead);
		this.autoRead = false;
		context.read();
	}

	// The caller holds the promise.
	@SuppressWarnings("FutureReturnValueIgnored")
	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		boolean ends = message instanceof LastHttpContent;
		if (message instanceof HttpResponse response) {
			this.responding = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
			ends &= this.responding;
		}
		context.write(message, ends ? promise.unvoid().addListener((sent) -> onResponseWritten(context)) : promise);
	}

	/** Schedules the next request behind the other connections of the event loop. */
	// The future of the task is not needed.
	@SuppressWarnings("FutureReturnValueIgnored")
	private void onResponseWritten(ChannelHandlerContext context) {
		if (this.queue.isEmpty()) {
			this.busy = false;
		}
		else {
			context.executor().schedule(() -> forwardNext(context), 0, TimeUnit.NANOSECONDS);
		}
	}

	private void forwardNext(ChannelHandlerContext context) {
		this.busy = false;
		Object next = this.queue.poll();
		while (next != null) {
			forward(context, next);
			next = (this.queue.peek() instanceof HttpRequest) ? null : this.queue.poll();
		}
		context.fireChannelReadComplete();
		if (this.paused && this.queue.isEmpty()) {
			resume(context);
		}
		else if (this.paused) {
			pause(context);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		discard();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		discard();
	}

	private void discard() {
		this.queue.forEach(ReferenceCountUtil::release);
		this.queue.clear();
	}

}
