package dev.agora.platform.mongo;

import java.math.BigDecimal;

import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/**
 * Stores a decimal as text, exactly and with its trailing zeros, since not every server
 * that speaks MongoDB's protocol has {@code Decimal128}. Older documents have
 * {@code Decimal128}, which is read as well.
 */
public final class DecimalCodec implements Codec<BigDecimal> {

	@Override
	public void encode(BsonWriter writer, BigDecimal value, EncoderContext context) {
		writer.writeString(value.toPlainString());
	}

	@Override
	public BigDecimal decode(BsonReader reader, DecoderContext context) {
		return (reader.getCurrentBsonType() == BsonType.STRING) ? new BigDecimal(reader.readString())
				: reader.readDecimal128().bigDecimalValue();
	}

	@Override
	public Class<BigDecimal> getEncoderClass() {
		return BigDecimal.class;
	}

}
