package dev.agora.gateway.edge.http1;

import java.nio.channels.ClosedChannelException;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.agora.gateway.edge.EntityTags;
import dev.agora.platform.problem.ProblemHandler;

/**
 * Stands behind a connection's HTTP decoder and refuses heads that break a rule. What is
 * refused, here or before the decoder, reaches no other filter, is answered once and in
 * its turn, and ends the connection.
 */
final class HeadHandler extends ChannelDuplexHandler {

	private final HeadValidator rules;

	private final Http1FramingValidator lines;

	private @Nullable ChannelHandlerContext context;

	/** Requests that have been let in and not been answered. */
	private int unanswered;

	private boolean answering;

	/** Whether nothing more is let in; whether nothing more is let out either. */
	private boolean refused;

	private boolean brokenOff;

	/** Waits until what came before has been answered. */
	private @Nullable RejectionReason waiting;

	HeadHandler(HeadValidator rules, Http1FramingValidator lines) {
		this.rules = rules;
		this.lines = lines;
	}

	boolean isRefused() {
		return this.refused;
	}

	/**
	 * Refuses a body whose head has been let in. Those who read it see the connection
	 * break: to the HTTP server a body that the decoder failed on may look complete.
	 */
	void breakOff(RejectionReason refusal) {
		this.refused = true;
		if (this.unanswered > 1) {
			this.waiting = refusal;
		}
		else {
			answerAndClose(refusal);
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext added) {
		this.context = added;
	}

	@Override
	public void channelRead(ChannelHandlerContext reading, Object message) {
		if (this.refused) {
			ReferenceCountUtil.release(message);
		}
		else if (message instanceof HttpRequest request) {
			if (request.decoderResult().isSuccess()) {
				judge(reading, request);
			}
			if (request.decoderResult().isFailure()) {
				RejectionReason.from(reading.channel(), this.lines.origin());
				answerInTurn(request);
			}
			reading.fireChannelRead(request);
		}
		else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
			content.release();
			breakOff(RejectionReason.BODY);
		}
		else {
			reading.fireChannelRead(message);
		}
	}

	private void judge(ChannelHandlerContext reading, HttpRequest request) {
		RejectionReason refusal = this.rules.refuse(request);
		if (refusal == null) {
			accept(request);
		}
		else {
			refusal.on(reading.channel());
			request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(refusal.sentence())));
		}
	}

	/** One that seems to end the connection would not be answered behind others. */
	private void answerInTurn(HttpRequest refusedRequest) {
		this.refused = true;
		refusedRequest.setProtocolVersion(HttpVersion.HTTP_1_1).headers().clear();
	}

	private void accept(HttpRequest request) {
		HttpHeaders headers = request.headers();
		String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
		this.lines.body(headers.contains(HttpHeaderNames.TRANSFER_ENCODING),
				(length != null) ? Long.parseLong(length) : 0);
		// Set anew for the inside, and read on the way out: never the client's word.
		headers.remove(ProblemHandler.FORWARDED_PREFIX);
		EntityTags.decode(headers);
		request.setUri(RequestTarget.encode(request.uri()));
		this.unanswered++;
	}

	@Override
	public void write(ChannelHandlerContext writing, Object message, ChannelPromise promise) throws Exception {
		if (this.brokenOff) {
			ReferenceCountUtil.release(message);
			promise.tryFailure(new ClosedChannelException());
			return;
		}
		boolean ends = message instanceof LastHttpContent;
		if (message instanceof HttpResponse answer) {
			this.answering = answer.status().codeClass() != HttpStatusClass.INFORMATIONAL;
			ends &= this.answering;
		}
		super.write(writing, message, promise);
		if (ends) {
			this.answering = false;
			this.unanswered--;
			if (this.waiting != null && this.unanswered == 1) {
				answerAndClose(this.waiting);
			}
		}
	}

	// Nobody waits for the end of a connection that is given up.
	@SuppressWarnings("FutureReturnValueIgnored")
	private void answerAndClose(RejectionReason refusal) {
		this.brokenOff = true;
		if (this.context == null || this.context.isRemoved()) {
			return;
		}
		// A second answer would be taken for that to the next request.
		if (this.answering || this.unanswered == 0) {
			this.context.close();
			return;
		}
		refusal.on(this.context.channel());
		FullHttpResponse bare = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST,
				Unpooled.EMPTY_BUFFER);
		bare.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		this.context.writeAndFlush(bare).addListener(ChannelFutureListener.CLOSE);
	}

}
