"""The desk's addresses: over all organisations somebody covers, and inside one of them."""

from django.urls import include, path

from .views import (
    answers,
    assignment,
    contacts,
    conversations,
    deeds,
    desk,
    files,
    hidings,
    notifications,
    reminders,
    resident_merges,
    residents,
    senders,
    together,
    views,
)

app_name = "desk"

one_conversation = [
    path("", conversations.conversation, name="conversation"),
    path("nieuws/", conversations.thread, name="thread"),
    path("regel/", conversations.row, name="row"),
    path("antwoord/", conversations.reply, name="reply"),
    path("antwoorden/", answers.answers, name="answers"),
    path("concept/", conversations.draft, name="draft"),
    path("notitie/", conversations.note, name="note"),
    path("toewijzing/", deeds.assign, name="assign"),
    path("status/", deeds.status, name="status"),
    path("uitstel/", deeds.snooze, name="snooze"),
    path("voorrang/", deeds.prioritise, name="prioritise"),
    path("volgen/", deeds.follow, name="follow"),
    path("herinneringen/", reminders.reminders, name="reminders"),
    path("herinneringen/<uuid:reminder_id>/weg/", reminders.forget, name="forget_reminder"),
    path("namen/", reminders.names, name="names"),
    path("onderwerp/", deeds.topic, name="topic"),
    path("soort/", deeds.kind, name="kind"),
    path("labels/", deeds.label, name="label"),
    path("sluiting/", deeds.close, name="close"),
    path("heropening/", deeds.reopen, name="reopen"),
    path("samenvoeging/", together.merge, name="merge"),
    path("blokkade/", senders.block, name="block"),
    path("verborgen/", hidings.hide, name="hide"),
    path("verborgen/<uuid:message_id>/weg/", hidings.unhide, name="unhide"),
    path("verwijzing/", deeds.refer, name="refer"),
    path("losmaken/", together.unmerge, name="unmerge"),
    path("afsplitsing/", together.split, name="split"),
    path("koppelingen/", together.link, name="link"),
    path("koppelingen/<uuid:link_id>/weg/", together.unlink, name="unlink"),
    path("overdracht/", deeds.hand_over, name="hand_over"),
    path("bijlagen/<uuid:attachment_id>/", files.attachment, name="attachment"),
    path("berichten/<uuid:message_id>/html/", files.html, name="html"),
    path("berichten/<uuid:message_id>/terugname/", deeds.take_back, name="take_back"),
    path("berichten/<uuid:message_id>/verzending/", deeds.delivery, name="delivery"),
]

one_resident = [
    path("", residents.resident, name="resident"),
    path("naam/", residents.rename, name="rename_resident"),
    path("adressen/", residents.add_address, name="add_address"),
    path("adressen/<uuid:address_id>/", residents.address, name="address"),
    path("notities/", residents.add_note, name="add_resident_note"),
    path("notities/<uuid:contact_note_id>/weg/", residents.remove_note, name="remove_resident_note"),
    path("samenvoegen/", resident_merges.merge, name="merge_residents"),
    path("samenvoegen/<uuid:contact_merge_id>/ongedaan/", resident_merges.undo, name="undo_merge"),
]

rules = [
    path("", assignment.rules, name="rules"),
    path("nieuw/", assignment.new_rule, name="new_rule"),
    path("kennis/", assignment.skills, name="skills"),
    path("<uuid:rule_id>/", assignment.rule, name="rule"),
    path("<uuid:rule_id>/proef/", assignment.trial, name="rule_trial"),
    path("<uuid:rule_id>/plaats/", assignment.move_rule, name="move_rule"),
    path("<uuid:rule_id>/weg/", assignment.remove_rule, name="remove_rule"),
]

urlpatterns = [
    path("werkplek/", desk.desk, name="desk"),
    path("werkplek/rijen/", views.views, name="views"),
    path("werkplek/rijen/tellingen/", views.view_counts, name="view_counts"),
    path("werkplek/rijen/nieuw/", views.new_view, name="new_view"),
    path("werkplek/rijen/<uuid:view_id>/", views.edit_view, name="edit_view"),
    path("werkplek/rijen/<uuid:view_id>/plaats/", views.move_view, name="move_view"),
    path("werkplek/rijen/<uuid:view_id>/verwijdering/", views.remove_view, name="remove_view"),
    path("werkplek/nieuws/", desk.news, name="news"),
    path("werkplek/oppakken/", desk.take_longest_waiting, name="take"),
    path("werkplek/meldingen/", notifications.notices, name="notifications"),
    path("werkplek/meldingen/aantal/", notifications.unread, name="unread"),
    path("werkplek/meldingen/gelezen/", notifications.read_all, name="read_notifications"),
    path("werkplek/meldingen/keuze/", notifications.choose, name="choose_notifications"),
    path("werkplek/volgende/", desk.next_conversation, name="next"),
    path("<slug:organisation>/werkplek/contact-vastleggen/", contacts.record_contact, name="record_contact"),
    path("<slug:organisation>/werkplek/inwoners/", residents.residents, name="residents"),
    path("<slug:organisation>/werkplek/inwoners/<uuid:contact_id>/", include(one_resident)),
    path("<slug:organisation>/beheer/toewijzing/", include(rules)),
    path("<slug:organisation>/werkplek/gesprekken/<uuid:conversation_id>/", include(one_conversation)),
]
