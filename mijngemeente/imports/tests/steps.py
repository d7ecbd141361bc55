"""What an administrator does with a file."""

from django.core.files.uploadedfile import SimpleUploadedFile

PAGE = "/duinrand/beheer/invoer/"
CONTACTS = (
    "naam;e-mail;telefoon;notitie\nAnna de Vries;anna@voorbeeld.example;06 12345678;Belt liever\nZonder;;;\n"
)


def upload(client, content, name="bestand.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)}, follow=True)


def shown(client, content, name="bestand.csv"):
    response = upload(client, content, name)
    assert response.redirect_chain, response.content.decode()[-3000:]
    return response.redirect_chain[-1][0]


def brought_in(client, run_jobs, content, name="bestand.csv"):
    url = shown(client, content, name)
    client.post(url, {"deed": "start"})
    run_jobs()
    return url


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()
