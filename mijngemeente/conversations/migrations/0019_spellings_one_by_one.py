from django.db import migrations

SPELLINGS = r"""
-- Nothing is asked of organisations before a word is known to stand somewhere: together PostgreSQL went through all
-- messages of theirs for each spelling, half a minute over thirty of them.
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
        -- Most stand nowhere, and the word alone is asked for at once; only of others where. First in what is new: of a
        -- word that stands everywhere that is far less to go through.
        IF EXISTS (SELECT FROM public.conversations_searchentry AS entry WHERE entry.words @@ (wanted && lately))
            OR EXISTS (SELECT FROM public.conversations_searchentry AS entry WHERE entry.words @@ wanted) THEN
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

    dependencies = [("conversations", "0018_search_in_fewer_steps")]

    operations = [migrations.RunSQL(SPELLINGS, migrations.RunSQL.noop)]
