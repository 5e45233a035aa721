package dev.agora.graph.tie;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The fields of the documents of ties. */
final class TieFields {

	static final String ID = "_id";

	static final String OWNER = "owner";

	static final String OTHER = "other";

	static final String CARD = "card";

	static final String CARD_VERSION = "card.version";

	static final String REVISION = "revision";

	static final String COUNTED = "counted";

	/** The owner's id while the tie waits to be counted, otherwise absent. */
	static final String UNCOUNTED = "uncounted";

	private static final String SOURCES = "sources";

	private TieFields() {
	}

	/**
	 * Returns the field that has the owner's id while the other is in a list, and is
	 * absent otherwise. So an index of the ties with the field has the members of one
	 * list next to each other, and no others.
	 */
	static String of(TieKind kind) {
		return TieCountFields.nameOf(kind);
	}

	static BsonDocument toBson(Tie tie) {
		BsonString owner = new BsonString(tie.owner());
		BsonDocument document = new BsonDocument(ID, new BsonString(Tie.id(tie.owner(), tie.other())))
			.append(OWNER, owner)
			.append(OTHER, new BsonString(tie.other()))
			.append(SOURCES, sources(tie))
			.append(COUNTED, TieCountFields.toBson(tie.counted()))
			.append(REVISION, new BsonInt64(tie.revision()));
		tie.kinds().forEach((kind) -> document.append(of(kind), owner));
		@Nullable TieCard card = tie.card();
		if (card != null) {
			document.append(CARD, toBson(card));
		}
		if (!tie.isCounted()) {
			document.append(UNCOUNTED, owner);
		}
		return document;
	}

	static BsonDocument toBson(TieCard card) {
		return new BsonDocument("handle", new BsonString(card.handle())).append("name", new BsonString(card.name()))
			.append("version", new BsonInt64(card.version()));
	}

	static Tie toTie(BsonDocument document) {
		String other = document.getString(OTHER).getValue();
		return new Tie(document.getString(OWNER).getValue(), other, toSources(document.getDocument(SOURCES)),
				document.containsKey(CARD) ? toCard(other, document.getDocument(CARD)) : null,
				TieCountFields.toCount(document.getDocument(COUNTED)), document.getInt64(REVISION).getValue(),
				document.containsKey(UNCOUNTED));
	}

	private static BsonDocument sources(Tie tie) {
		BsonDocument sources = new BsonDocument();
		tie.sources()
			.forEach((side, source) -> sources.append(nameOf(side),
					new BsonDocument("version", new BsonInt64(source.version())).append("active",
							BsonBoolean.valueOf(source.active()))));
		return sources;
	}

	private static Map<TieSide, TieSource> toSources(BsonDocument document) {
		Map<TieSide, TieSource> sources = new EnumMap<>(TieSide.class);
		document.forEach((name, source) -> sources.put(TieSide.valueOf(name.toUpperCase(Locale.ROOT)),
				new TieSource(source.asDocument().getInt64("version").getValue(),
						source.asDocument().getBoolean("active").getValue())));
		return sources;
	}

	private static TieCard toCard(String id, BsonDocument card) {
		return new TieCard(id, card.getString("handle").getValue(), card.getString("name").getValue(),
				card.getInt64("version").getValue());
	}

	private static String nameOf(TieSide side) {
		return side.name().toLowerCase(Locale.ROOT);
	}

}
