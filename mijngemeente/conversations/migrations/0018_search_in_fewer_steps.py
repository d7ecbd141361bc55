from django.db import migrations

ENTRIES = r"""
-- As it was, but for which period comes next: each gathers all that has the words anew, and a municipality with a few
-- thousand messages went through four of them.
CREATE OR REPLACE FUNCTION search_entries(
    wanted tsquery,
    most int,
    narrowed int[] DEFAULT NULL,
    statuses text[] DEFAULT NULL,
    kinds text[] DEFAULT NULL,
    topics text[] DEFAULT NULL,
    assignees uuid[] DEFAULT NULL,
    is_unassigned boolean DEFAULT false,
    said_from timestamptz DEFAULT NULL,
    said_until timestamptz DEFAULT NULL
)
RETURNS TABLE (entry_id uuid, conversation_id uuid, organisation_id int, rank real)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- The plan depends on how common the words are.
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    scope int[] := string_to_array(current_setting('app.organisation_ids', true), ',')::int[];
    narrows_conversations boolean := statuses IS NOT NULL OR kinds IS NOT NULL OR topics IS NOT NULL
        OR assignees IS NOT NULL OR is_unassigned;
    asked tsquery := wanted;
    period tsquery;
    periods tsquery[];
    -- How long each period is, for as far as it is known which part of it has passed.
    weeks real[] := ARRAY[1.5, 11, 78];
    place int := 1;
    found_in real;
    hits uuid[];
BEGIN
    IF narrowed IS NOT NULL THEN
        scope := ARRAY(SELECT unnest(scope) INTERSECT SELECT unnest(narrowed));
    END IF;
    IF coalesce(cardinality(scope), 0) = 0 OR numnode(wanted) = 0 THEN
        RETURN;
    END IF;
    -- Of more organisations than this it takes longer to read their marks than to look at each row found: with a
    -- million conversations 140 ms instead of 25 over thirty.
    IF cardinality(scope) <= 8 THEN
        asked := wanted && (SELECT string_agg(quote_literal('o:' || each), '|')::tsquery FROM unnest(scope) AS each);
    END IF;
    periods := ARRAY[
        (SELECT string_agg(quote_literal(to_char(now() - make_interval(weeks => each), '"w:"IYYYIW')), '|')::tsquery
            FROM generate_series(0, 1) AS each),
        (SELECT string_agg(quote_literal(to_char(now() - make_interval(months => each), '"m:"YYYYMM')), '|')::tsquery
            FROM generate_series(0, 2) AS each),
        (SELECT string_agg(quote_literal(to_char(now() - make_interval(years => each), '"y:"YYYY')), '|')::tsquery
            FROM generate_series(0, 1) AS each),
        NULL
    ];
    IF said_from IS NOT NULL OR said_until IS NOT NULL THEN
        periods := ARRAY[NULL::tsquery];
    -- All words with one beginning are gathered anew for each period, which costs more than a longer one does.
    ELSIF wanted::text LIKE '%:*%' THEN
        place := 2;
    END IF;
    LOOP
        period := periods[place];
        hits := ARRAY(
            SELECT entry.id
            FROM public.conversations_searchentry AS entry
            WHERE entry.words @@ (CASE WHEN period IS NULL THEN asked ELSE asked && period END)
                AND entry.organisation_id = ANY (scope)
                AND (NOT narrows_conversations OR EXISTS (
                    SELECT FROM public.conversations_conversation AS talk
                    WHERE talk.organisation_id = entry.organisation_id AND talk.id = entry.conversation_id
                        AND (statuses IS NULL OR talk.status = ANY (statuses))
                        AND (kinds IS NULL OR talk.kind = ANY (kinds))
                        AND (topics IS NULL OR talk.topic_id = ANY (topics))
                        AND (NOT is_unassigned OR talk.assignee_id IS NULL)
                        AND (assignees IS NULL OR talk.assignee_id = ANY (assignees))
                ))
                AND ((said_from IS NULL AND said_until IS NULL) OR EXISTS (
                    SELECT FROM public.conversations_message AS said
                    WHERE said.organisation_id = entry.organisation_id AND said.id = entry.message_id
                        AND (said_from IS NULL OR said.created_at >= said_from)
                        AND (said_until IS NULL OR said.created_at < said_until)
                ))
            ORDER BY entry.id DESC
            LIMIT most
        );
        EXIT WHEN cardinality(hits) >= most OR place >= cardinality(periods);
        -- On to the first period that may hold enough, if it goes on as in this one.
        found_in := weeks[place];
        LOOP
            place := place + 1;
            EXIT WHEN place >= cardinality(periods) OR cardinality(hits) * weeks[place] / found_in >= most;
        END LOOP;
    END LOOP;
    RETURN QUERY
        SELECT entry.id, entry.conversation_id, entry.organisation_id, ts_rank(entry.words, wanted)
        FROM public.conversations_searchentry AS entry
        WHERE entry.id = ANY (hits)
        ORDER BY entry.id DESC;
END
$$;
"""
SPELLINGS = r"""
CREATE OR REPLACE FUNCTION search_spellings(spellings text[], narrowed int[] DEFAULT NULL)
RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- Planning would take longer than the answer, which is nearly always that there is none.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
    scope int[] := string_to_array(current_setting('app.organisation_ids', true), ',')::int[];
    places tsquery;
    lately tsquery := (
        SELECT string_agg(quote_literal(to_char(now() - make_interval(weeks => each), '"w:"IYYYIW')), '|')::tsquery
        FROM generate_series(0, 1) AS each
    );
    spelling text;
    wanted tsquery;
BEGIN
    IF narrowed IS NOT NULL THEN
        scope := ARRAY(SELECT unnest(scope) INTERSECT SELECT unnest(narrowed));
    END IF;
    IF coalesce(cardinality(scope), 0) = 0 THEN
        RETURN;
    END IF;
    -- As in search_entries: past this the marks cost more than looking at each row.
    IF cardinality(scope) <= 8 THEN
        places := (SELECT string_agg(quote_literal('o:' || each), '|')::tsquery FROM unnest(scope) AS each);
    END IF;
    FOREACH spelling IN ARRAY spellings LOOP
        wanted := quote_literal(spelling)::tsquery;
        -- A word that stands everywhere stands in what is new, and only there it is found without reading all of it.
        IF EXISTS (
            SELECT FROM public.conversations_searchentry AS entry
            WHERE entry.words @@ (wanted && lately) AND entry.organisation_id = ANY (scope)
        ) THEN
            RETURN NEXT spelling;
        -- Most stand nowhere, and the word alone is asked for at once; only of others where.
        ELSIF EXISTS (SELECT FROM public.conversations_searchentry AS entry WHERE entry.words @@ wanted) THEN
            wanted := CASE WHEN places IS NULL THEN wanted ELSE wanted && places END;
            IF EXISTS (
                SELECT FROM public.conversations_searchentry AS entry
                WHERE entry.words @@ wanted AND entry.organisation_id = ANY (scope)
            ) THEN
                RETURN NEXT spelling;
            END IF;
        END IF;
    END LOOP;
END
$$;
"""


class Migration(migrations.Migration):

    dependencies = [("conversations", "0017_unclaimed")]

    operations = [
        migrations.RunSQL(ENTRIES, migrations.RunSQL.noop),
        migrations.RunSQL(SPELLINGS, migrations.RunSQL.noop),
    ]
