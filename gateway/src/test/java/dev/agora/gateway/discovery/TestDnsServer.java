package dev.agora.gateway.discovery;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.NetUtil;

/** A name server with one name. */
final class TestDnsServer implements AutoCloseable {

	private static final long TTL = 3600;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Channel channel;

	private final String name;

	private volatile List<String> addresses = List.of();

	private final AtomicInteger queries = new AtomicInteger();

	TestDnsServer(String name) {
		this.name = name;
		this.channel = new Bootstrap().group(this.group)
			.channel(NioDatagramChannel.class)
			.handler(new Pipeline())
			.bind("127.0.0.1", 0)
			.syncUninterruptibly()
			.channel();
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.channel.localAddress();
	}

	/** Sets the addresses of the name; without any it is unknown. */
	void resolveTo(String... addresses) {
		this.addresses = List.of(addresses);
	}

	/** The number of queries for IPv4 addresses. */
	int queries() {
		return this.queries.get();
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private final class Pipeline extends ChannelInitializer<Channel> {

		@Override
		protected void initChannel(Channel created) {
			created.pipeline()
				.addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Answering());
		}

	}

	private final class Answering extends SimpleChannelInboundHandler<DatagramDnsQuery> {

		@Override
		protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
			DnsQuestion question = query.recordAt(DnsSection.QUESTION);
			DatagramDnsResponse response = new DatagramDnsResponse(/* sender= */ query.recipient(),
					/* recipient= */ query.sender(), query.id());
			response.addRecord(DnsSection.QUESTION, question);
			boolean known = question.name().equals(TestDnsServer.this.name + ".")
					&& !TestDnsServer.this.addresses.isEmpty();
			response.setCode(known ? DnsResponseCode.NOERROR : DnsResponseCode.NXDOMAIN);
			if (known && question.type().equals(DnsRecordType.A)) {
				TestDnsServer.this.addresses.forEach((address) -> response.addRecord(DnsSection.ANSWER,
						new DefaultDnsRawRecord(question.name(), DnsRecordType.A, TTL,
								Unpooled.wrappedBuffer(NetUtil.createByteArrayFromIpAddressString(address)))));
			}
			context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
			if (question.type().equals(DnsRecordType.A)) {
				TestDnsServer.this.queries.incrementAndGet();
			}
		}

	}

}
